"""What is said in the thread changes the card that waits there; what is unclear is asked once."""

import asyncio
from typing import Any

from bot.domain.proposals import ItemSource, ProposalState
from bot.domain.requests import ChangePlan, Choice, QuestionPlan
from bot.view import in_view
from storage import requests
from tests.conftest import Studio
from tests.flows.asking import ask, planned, propose, propose_concepts
from tests.flows.reading import credits, newest
from tests.flows.rules import rules
from tests.flows.test_wrong_inputs import forge

WHICH = QuestionPlan(
    words="Which picture do you mean?",
    choices=(
        Choice(
            label="The mug",
            text="a square icon of a mug",
            sources=(ItemSource(slack_file_id="F0MUG00001", title="mug"),),
        ),
        Choice(label="The fox", text="a square icon of a fox"),
    ),
)


async def change(studio: Studio, text: str, **how: Any) -> None:
    """Say in the proposal's thread what should be different, understood as a change."""
    proposal = await newest(studio)
    plan = ChangePlan(proposal_id=proposal.id, text=text)
    await ask(studio, plan, thread_ts=proposal.thread_ts, text=text, **how)


async def test_a_follow_up_changes_the_card_and_says_what_it_costs_now(studio: Studio) -> None:
    await propose(studio, [planned("a fox")])
    card = await studio.ana.see("Approve · 1 credit")
    await change(studio, "make it 1:1, two of them")
    answer = await studio.ana.see("Changed: 1:1 square, 2 images · *2 credits*")
    assert "|the card>" in answer["text"]
    shown = studio.ana.refresh(card)
    assert "Approve · 2 credits" in str(shown["blocks"])
    assert (await newest(studio)).state is ProposalState.AWAITING
    assert len([m for m in studio.ana.messages() if "Approval needed" in m["text"]]) == 1


async def test_a_follow_up_changes_all_rows_of_a_batch_in_one_move(studio: Studio) -> None:
    await propose_concepts(studio)
    before = await newest(studio)
    await change(studio, "make them 1:1")
    await studio.ana.see("Changed: 1:1 square · *3 credits*")
    after = await newest(studio)
    assert {item.settings.aspect.value for item in after.items} == {"1:1"}
    assert after.revision == before.revision + 1


async def test_where_nothing_is_to_be_changed_an_example_is_given(studio: Studio) -> None:
    await propose(studio, [planned("a fox")])
    await change(studio, "please")
    await studio.ana.see("I found nothing to change in that")
    assert (await newest(studio)).revision == 1


async def test_a_follow_up_of_somebody_who_may_not_decide_changes_nothing(studio: Studio) -> None:
    await propose(studio, [planned("a fox")], channel="design")
    await change(studio, "make it 1:1", who=studio.ben, channel="design")
    await studio.ben.see_notice("can decide this proposal")
    assert (await newest(studio)).revision == 1


async def test_a_follow_up_after_the_decision_says_so(studio: Studio) -> None:
    await propose(studio, [planned("a fox")])
    await studio.ana.click(await studio.ana.see("Approve"), "Approve")
    await studio.ana.see("*1 credit charged*")
    await change(studio, "make it 1:1")
    await studio.ana.see_notice("This proposal was already approved by")


async def test_a_follow_up_cannot_take_a_model_that_is_not_allowed(studio: Studio) -> None:
    await propose(studio, [planned("a fox")])
    await rules(studio, model_ids=frozenset({"sketch/compose"}))
    await change(studio, "use Sketch Mark")
    await studio.slack.quiet()
    assert (await newest(studio)).items[0].settings.model_id == "sketch/compose"


async def test_what_is_unclear_is_asked_and_a_press_is_as_good_as_words(studio: Studio) -> None:
    request = await ask(studio, WHICH)
    asked = await studio.ana.see("Which picture do you mean?")
    assert asked["thread_ts"] == request.thread_ts
    await studio.ana.click(asked, "The fox")
    card = await studio.ana.see("Approve")
    assert "fox" in card["text"]
    assert "chose: “The fox”" in studio.ana.refresh(asked)["text"]
    assert "question_choice" not in str(studio.ana.refresh(asked)["blocks"])
    assert await credits(studio) == (0, 0)


async def test_two_presses_answer_once(studio: Studio) -> None:
    clear = tuple(choice.model_copy(update={"sources": ()}) for choice in WHICH.choices)
    await ask(studio, WHICH.model_copy(update={"choices": clear}))
    asked = await studio.ana.see("Which picture do you mean?")
    await asyncio.gather(studio.ana.click(asked, "The fox"), studio.ana.click(asked, "The mug"))
    await studio.ana.see_notice("You answered this already")
    await studio.ana.see("Approval needed")
    await studio.slack.quiet()
    assert len([m for m in studio.ana.messages() if "Approval needed" in m["text"]]) == 1


async def test_only_who_was_asked_may_answer(studio: Studio) -> None:
    await ask(studio, WHICH, channel="design")
    asked = await studio.ben.see("Which picture do you mean?", channel="design")
    await studio.ben.click(asked, "The fox")
    await studio.ben.see_notice("This question is for")
    assert "question_choice" in str(studio.ben.refresh(asked)["blocks"])


async def test_the_pictures_of_a_choice_are_in_view_when_it_is_read(studio: Studio) -> None:
    request = await ask(studio, WHICH)
    chosen = request.model_copy(update={"sources": WHICH.choices[0].sources})
    context = await in_view(studio.services, chosen)
    assert [picture.source.slack_file_id for picture in context.attached] == ["F0MUG00001"]
    kept = await studio.services.store.read(requests.find, request.id, team_id=studio.slack.team_id)
    assert kept is not None
    assert kept.choices == WHICH.choices


async def test_it_is_asked_back_only_once(studio: Studio) -> None:
    request = await ask(studio, WHICH)
    await studio.ana.see("Which picture do you mean?")
    await ask(studio, WHICH, thread_ts=request.thread_ts)
    again = await studio.ana.see("I am still not sure what you mean")
    assert "such as “a square icon of a mug”" in again["text"]
    assert "question_choice" not in str(again["blocks"])


async def test_a_forged_choice_does_nothing(studio: Studio) -> None:
    request = await ask(studio, WHICH)
    asked = await studio.ana.see("Which picture do you mean?")
    await forge(studio, asked, "question_choice_1", f"{request.id}.9")
    await studio.ana.see_notice("There is no such thing in this workspace")


async def test_a_follow_up_may_name_a_row_and_take_another_out(studio: Studio) -> None:
    await propose_concepts(studio)
    before = await newest(studio)
    await change(studio, "make the second one 1:1. remove the third one")
    answer = await studio.ana.see("Changed: image 2: 1:1 square; image 3 removed · *2 credits*")
    assert "|the card>" in answer["text"]
    after = await newest(studio)
    assert [item.settings.aspect.value for item in after.live] == ["16:9", "1:1"]
    assert after.revision == before.revision + 1


async def test_what_cannot_be_changed_is_said(studio: Studio) -> None:
    await propose_concepts(studio)
    await change(studio, "make the fifth one 1:1")
    await studio.ana.see("There is no image 5 in this proposal.")
    assert (await newest(studio)).revision == 1


async def test_words_in_the_thread_change_the_card_that_waits_there(studio: Studio) -> None:
    said = await studio.ana.say("a square product hero for a ceramic coffee mug")
    await studio.ana.see("Approve · 1 credit")
    await studio.ana.say("make it 16:9", thread_ts=said["ts"])
    await studio.ana.see("Changed: 16:9 wide · *1 credit*")
    await studio.ana.say("two of them", thread_ts=said["ts"])
    await studio.ana.see("Approve · 2 credits")
    assert len([m for m in studio.ana.messages() if "Approval needed" in m["text"]]) == 1
