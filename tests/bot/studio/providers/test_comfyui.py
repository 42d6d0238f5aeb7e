"""What only ComfyUI has: an operator's graphs, ids of our own, a queue that others use too."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.catalog import ImageModel
from bot.errors import BadKey, Refused, SetupError, Unavailable, Unknown
from bot.studio.catalog import read_models
from bot.studio.provider import Absent, Accepted, Provider, SourcePicture
from bot.studio.providers import prepared
from bot.studio.providers.comfyui import job_id
from bot.studio.providers.comfyui_answers import is_file_name, is_folder
from bot.studio.providers.comfyui_workflow import filled, only_words
from bot.studio.remote.tickets import read
from tests.vendors import comfyui
from tests.vendors.comfyui import EXAMPLES, ComfyUI, encoded
from tests.vendors.orders import edit_of, fetched, made_by, model_of, order_of, upscale_of
from tests.vendors.vendor import Fault, picture

Make = Callable[..., Provider]
PORTRAIT = "comfyui/portrait"

pytestmark = pytest.mark.parametrize("case", [comfyui.CASE], ids=lambda case: case.name)


def sent(vendor: ComfyUI) -> dict[str, Any]:
    """The graph of the one order."""
    [order] = vendor.orders
    graph: dict[str, Any] = order.json["prompt"]
    return graph


def entry(**options: Any) -> ImageModel:
    """The portrait's entry with other options, as it stands in the models file."""
    model = model_of(PORTRAIT)
    kept = {key: value for key, value in model.options.items() if key != "graph"}
    return model.model_copy(update={"options": {**kept, **options}})


def inputs(**changed: str | None) -> dict[str, str]:
    """The portrait's inputs with some changed, or left out by None."""
    declared = model_of(PORTRAIT).options["inputs"]
    assert isinstance(declared, dict)
    both = {**declared, **changed}
    return {name: str(target) for name, target in both.items() if target is not None}


async def test_the_graph_is_the_operators_but_for_the_declared_inputs(
    provider: Provider, vendor: ComfyUI
) -> None:
    await made_by(provider, order_of(PORTRAIT, negative_prompt="text"))
    graph, file = sent(vendor), json.loads((EXAMPLES / "portrait.json").read_text())
    changed = {
        f"{node}.{name}": value
        for node in graph
        for name, value in graph[node]["inputs"].items()
        if value != file[node]["inputs"][name]
    }
    assert graph.keys() == file.keys()
    assert changed.keys() == {"6.text", "7.text", "3.seed"}
    assert changed["3.seed"] == 7 and changed["7.text"] == "text"


async def test_where_nothing_is_to_be_avoided_the_files_own_words_hold(
    provider: Provider, vendor: ComfyUI
) -> None:
    await made_by(provider, order_of(PORTRAIT))
    assert sent(vendor)["7"]["inputs"]["text"] == "blurry, watermark"


@pytest.mark.parametrize(
    "words",
    [
        "a (very:1.9) big (dog)",
        "embedding:house-style, a dog",
        "a dog embedding:../../secret",
        "EMBEDDING:house-style and (embedding:house-style:1.2)",
        r"already \(escaped\) and a \\ backslash \(",
        "((((",
        "{red|blue} __colour__ <lora:style:1> [a:b:0.5]",
        '["4", 1]',
        '{"__value__": ["4", 1]}',
    ],
)
async def test_what_people_write_is_only_words(
    words: str, provider: Provider, vendor: ComfyUI
) -> None:
    await made_by(provider, order_of(PORTRAIT, prompt=words, negative_prompt=words))
    put = sent(vendor)["6"]["inputs"]["text"], sent(vendor)["7"]["inputs"]["text"]
    assert all(isinstance(text, str) for text in put)
    for read_by_it in vendor.texts:
        assert (read_by_it.weights, read_by_it.embeddings) == ([], [])
        as_typed = re.sub(r"(?i)(embedding) :", r"\1:", read_by_it.words)
        assert as_typed.startswith(words)


async def test_the_fake_reads_weights_and_embeddings_where_they_are_let(case: object) -> None:
    """Or the test above would show nothing."""
    assert encoded("a (b:1.2) (c) embedding:house-style").weights == [1.2, 1.1]
    assert encoded("embedding:house-style").embeddings == ["house-style"]
    assert encoded("a embedding: house-style").embeddings == ["house-style"]


async def test_an_operator_may_let_weights_be_weights(case: object) -> None:
    model = prepared([entry(weights=True)], folder=EXAMPLES)[0]
    order = order_of(PORTRAIT, prompt="a (b:1.2)").model_copy(update={"model": model})
    assert filled(order, image="", seed=1)["6"]["inputs"]["text"].startswith("a (b:1.2)")
    assert only_words("a (b:1.2)") == r"a \(b:1.2\)"


async def test_only_the_declared_output_is_made(provider: Provider, vendor: ComfyUI) -> None:
    await made_by(provider, order_of(PORTRAIT))
    assert vendor.orders[0].json["partial_execution_targets"] == ["9"]


async def test_a_lost_answer_is_found_again_and_the_job_runs_once(
    provider: Provider, vendor: ComfyUI
) -> None:
    order = order_of(PORTRAIT, count=2)
    vendor.holds = "pending"
    vendor.fail(vendor.paid, Fault(drops=True))
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    looked_up = await provider.look_up(order)
    assert isinstance(looked_up, Accepted)
    assert [ticket.id for ticket in read(looked_up.reference).tickets] == [
        job_id("sub_1"),
        job_id("sub_1-2"),
    ]
    vendor.holds = ""
    made = await fetched(provider, order, looked_up)
    assert [one.index for one in made.pictures] == [1, 2]
    assert sorted(vendor.ran) == sorted({job_id("sub_1"), job_id("sub_1-2")})


@pytest.mark.parametrize("holds", ["pending", "running", ""])
async def test_an_order_is_found_wherever_it_is(
    holds: str, provider: Provider, vendor: ComfyUI
) -> None:
    order = order_of(PORTRAIT)
    vendor.holds = holds
    await provider.submit(order)
    vendor._work()
    assert isinstance(await provider.look_up(order), Accepted)


async def test_an_order_that_never_came_is_absent(provider: Provider, vendor: ComfyUI) -> None:
    await provider.submit(order_of(PORTRAIT, key="another"))
    assert await provider.look_up(order_of(PORTRAIT)) == Absent()


async def test_what_came_of_the_part_that_came_is_kept(provider: Provider, vendor: ComfyUI) -> None:
    await provider.submit(order_of(PORTRAIT))
    order = order_of(PORTRAIT, count=2)
    found = await provider.look_up(order)
    assert isinstance(found, Accepted)
    made = await fetched(provider, order, found)
    assert [one.index for one in made.pictures] == [1]
    assert "did not get all" in made.shortfall


async def test_a_server_that_cannot_be_asked_leaves_a_lost_order_open(
    provider: Provider, vendor: ComfyUI
) -> None:
    vendor.fail("/queue", Fault(status=500, body="oops"))
    with pytest.raises(Unavailable):
        await provider.look_up(order_of(PORTRAIT))


async def test_a_restarted_server_has_lost_the_order(provider: Provider, vendor: ComfyUI) -> None:
    order = order_of(PORTRAIT)
    accepted = await provider.submit(order)
    vendor.pending = []
    with pytest.raises(Refused, match="probably restarted") as lost:
        await provider.poll(order, accepted.reference)  # type: ignore[union-attr]  # queued above
    assert lost.value.was_billed is False


async def test_a_job_that_ends_between_two_looks_is_not_taken_for_lost(
    provider: Provider, vendor: ComfyUI
) -> None:
    order = order_of(PORTRAIT)
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    # The first look finds nothing, though the job is done by then.
    vendor.fail("/history/", Fault(status=200, body={}))
    vendor._work()
    made = await provider.poll(order, accepted.reference)
    assert made is not None and made.seconds == 2.5
    assert made.request_id == job_id("sub_1")


async def test_a_server_too_old_for_our_ids_is_told_so_and_makes_nothing(
    provider: Provider, vendor: ComfyUI
) -> None:
    vendor.is_old, vendor.holds = True, "pending"
    with pytest.raises(Refused, match="too old"):
        await provider.submit(order_of(PORTRAIT))
    assert vendor.pending == []


async def test_a_running_job_is_interrupted_and_then_said_to_be_stopped(
    provider: Provider, vendor: ComfyUI
) -> None:
    order, vendor.holds = order_of(PORTRAIT), "running"
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    vendor._work()
    assert await provider.cancel(order, accepted.reference) is False
    assert vendor.interrupted == [job_id("sub_1")]
    with pytest.raises(Refused, match="stopped") as stopped:
        await provider.poll(order, accepted.reference)
    assert stopped.value.was_billed is False


async def test_a_job_of_somebody_else_is_never_interrupted(
    provider: Provider, vendor: ComfyUI
) -> None:
    """Not even on a server whose interrupt stops whatever runs."""
    order, other = order_of(PORTRAIT), order_of(PORTRAIT, key="other")
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    await fetched(provider, order, accepted)
    vendor.holds = "running"
    await provider.submit(other)
    vendor._work()
    vendor.is_old = True
    assert await provider.cancel(order, accepted.reference) is False
    assert vendor.interrupted == []
    assert not [seen for seen in vendor.seen if seen.path == "/interrupt"]
    assert [job.id for job in vendor.running] == [job_id("other")]


async def test_a_source_is_uploaded_once_under_the_name_of_its_bytes(
    provider: Provider, vendor: ComfyUI
) -> None:
    order = edit_of("comfyui/restyle", count=3)
    await made_by(provider, order)
    [(kind, folder, name)] = [key for key in vendor.files if key[0] == "input"]
    assert (kind, folder) == ("input", "")
    assert re.fullmatch(r"studio-[0-9a-f]{40}\.png", name)
    assert len([seen for seen in vendor.seen if seen.path == "/upload/image"]) == 1
    assert {seen.json["prompt"]["10"]["inputs"]["image"] for seen in vendor.orders} == {name}
    assert vendor.files[kind, folder, name] == order.sources[0].data


async def test_a_file_of_that_name_that_is_somebody_elses_stays(
    provider: Provider, vendor: ComfyUI
) -> None:
    order = edit_of("comfyui/restyle")
    await made_by(provider, order)
    [theirs] = [key for key in vendor.files if key[0] == "input"]
    vendor.files[theirs] = picture(5, 5)
    await made_by(provider, order.model_copy(update={"key": "again"}))
    assert vendor.files[theirs] == picture(5, 5)
    assert vendor.orders[-1].json["prompt"]["10"]["inputs"]["image"].endswith(" (1).png")


@pytest.mark.parametrize("name", ["../x.png", "x.png [output]", "/etc/x.png", "a\nb.png", ""])
async def test_an_upload_kept_under_a_strange_name_is_not_used(
    name: str, provider: Provider, vendor: ComfyUI
) -> None:
    vendor.fail("/upload", Fault(status=200, body={"name": name, "subfolder": "", "type": "input"}))
    with pytest.raises(Refused):
        await provider.submit(edit_of("comfyui/restyle"))
    assert vendor.orders == []


async def test_an_upscale_says_how_many_times(provider: Provider, vendor: ComfyUI) -> None:
    await made_by(provider, upscale_of("comfyui/enlarge", scale=4))
    assert sent(vendor)["11"]["inputs"]["scale_by"] == 4


async def test_the_same_order_gives_the_same_graph_and_another_another(
    provider: Provider, vendor: ComfyUI
) -> None:
    """Though the model takes no seed, its workflow does; it is drawn from the order's key."""
    for key in ("one", "one", "two"):
        await made_by(provider, edit_of("comfyui/restyle", key=key))
    first, again, other = vendor.seeds()
    assert first == again != other


async def test_variations_of_an_edit_have_seeds_of_their_own(
    provider: Provider, vendor: ComfyUI
) -> None:
    await made_by(provider, edit_of("comfyui/restyle", count=3))
    assert len(set(vendor.seeds())) == 3


@pytest.mark.parametrize("error", ["unknown node", "missing checkpoint"])
async def test_a_workflow_that_the_server_does_not_take_is_named_with_what_is_wrong(
    error: str, provider: Provider, vendor: ComfyUI
) -> None:
    order = order_of(PORTRAIT)
    graph = json.loads(json.dumps(order.model.options["graph"]))
    if error == "unknown node":
        graph["8"]["class_type"], words = "FancyDecode", "Node 'FancyDecode' not found"
    else:
        graph["4"]["inputs"]["ckpt_name"] = "house.safetensors"
        words = "CheckpointLoaderSimple (node 4): Value not in list: ckpt_name: 'house.safetensors'"
    model = order.model.model_copy(update={"options": {**order.model.options, "graph": graph}})
    with pytest.raises(Refused) as refused:
        await provider.submit(order.model_copy(update={"model": model}))
    assert words in refused.value.reason
    assert refused.value.was_billed is False


async def test_previews_are_not_the_result(provider: Provider, vendor: ComfyUI) -> None:
    order = order_of(PORTRAIT)
    graph = json.loads(json.dumps(order.model.options["graph"]))
    graph["9"] = {"class_type": "PreviewImage", "inputs": {"images": ["8", 0]}}
    model = order.model.model_copy(update={"options": {**order.model.options, "graph": graph}})
    with pytest.raises(Refused, match="saved no picture at node 9"):
        await made_by(provider, order.model_copy(update={"model": model}))


async def test_a_model_without_its_workflow_is_refused_before_anything_is_sent(
    provider: Provider, vendor: ComfyUI
) -> None:
    with pytest.raises(Refused, match="was not read"):
        await provider.submit(order_of(PORTRAIT).model_copy(update={"model": entry()}))
    assert vendor.seen == []


@pytest.mark.parametrize(
    "image",
    [
        {"filename": "../../etc/passwd", "subfolder": "", "type": "output"},
        {"filename": "a.png [input]", "subfolder": "", "type": "output"},
        {"filename": "blake3:00", "subfolder": "", "type": "output"},
        {"filename": "a.png", "subfolder": "../input", "type": "output"},
        {"filename": "a.png", "subfolder": "/etc", "type": "output"},
        {"filename": "a.png", "subfolder": "C:\\Windows", "type": "output"},
    ],
)
async def test_a_strange_name_of_a_result_is_not_asked_for(
    image: dict[str, str], provider: Provider, vendor: ComfyUI
) -> None:
    order = order_of(PORTRAIT)
    done = {"outputs": {"9": {"images": [image]}}, "status": None}
    vendor.fail("/history/", Fault(status=200, body={job_id("sub_1"): done}))
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    with pytest.raises(Unknown):
        await provider.poll(order, accepted.reference)
    assert not [seen for seen in vendor.seen if seen.path == "/view"]


async def test_names_of_every_day_are_taken(case: object) -> None:
    assert all(map(is_file_name, ["ComfyUI_00001_.png", "Müller & Söhne (1).webp", "a+b#1.png"]))
    assert all(map(is_folder, ["", "2026-11-24", "studio/portraits", "studio\\portraits"]))


async def test_the_key_of_a_proxy_goes_to_every_call(make_provider: Make, vendor: ComfyUI) -> None:
    vendor.proxy_key = "of-the-proxy"
    made = await made_by(make_provider(key="of-the-proxy"), edit_of("comfyui/restyle"))
    assert made.pictures
    for key in ("wrong", ""):
        with pytest.raises(BadKey):
            await make_provider(key=key).submit(order_of(PORTRAIT))


async def test_without_a_key_none_is_sent(make_provider: Make, vendor: ComfyUI) -> None:
    await made_by(make_provider(key=""), order_of(PORTRAIT))
    assert not [seen for seen in vendor.seen if "Authorization" in seen.headers]


async def test_the_key_does_not_follow_a_result_that_lies_elsewhere(
    provider: Provider, vendor: ComfyUI
) -> None:
    vendor.fail("/view", Fault(status=302, headers={"Location": "https://example.com/a.png"}))
    with pytest.raises(Unknown, match="outside its hosts"):
        await made_by(provider, order_of(PORTRAIT))


async def test_the_server_says_what_it_is(provider: Provider) -> None:
    report = await provider.check_key()
    assert report.words == "ComfyUI 0.28.0, cuda:0 NVIDIA RTX 6000"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (entry(workflow="nowhere.json"), "nowhere.json cannot be read"),
        (entry(workflow="models.toml"), "models.toml is not JSON"),
        (entry(output="99"), 'output = "99" is no node'),
        (entry(output=9), "options.output"),
        (entry(steps=3), "options.steps"),
        (entry(inputs=inputs(sampler="3.sampler_name")), "options.inputs.sampler"),
        (entry(inputs=inputs(prompt="66.text")), "has no node 66"),
        (entry(inputs=inputs(prompt="6.words")), "node 6 (CLIPTextEncode) has no words"),
        (entry(inputs=inputs(prompt="6.clip")), "is fed by node 4"),
        (entry(inputs=inputs(prompt="3.steps")), "does not hold text"),
        (entry(inputs=inputs(seed="4.ckpt_name")), "does not hold a number"),
        (entry(inputs=inputs(negative_prompt="6.text")), "go to the same place"),
        (entry(inputs=inputs(prompt=None)), "declare inputs.prompt"),
        (entry(inputs=inputs(seed=None)), "declare inputs.seed"),
        (entry(inputs=inputs(height=None)), "inputs.width and inputs.height"),
        (entry(inputs=inputs(negative_prompt=None)), "go together"),
        (entry(inputs=inputs(image="7.text")), "inputs.image is for"),
        (entry().model_copy(update={"max_batch": 4}), "max_batch stays 1"),
        (entry().model_copy(update={"max_sources": 1}), "make two entries"),
        (entry().model_copy(update={"has_transparency": True}), "has_transparency"),
        (entry().model_copy(update={"sizes": {}}), "makes nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_wrong_with_an_entry_is_said_at_the_start(
    model: ImageModel, words: str, case: object
) -> None:
    with pytest.raises(SetupError) as wrong:
        prepared([model], folder=EXAMPLES)
    assert words in str(wrong.value)
    assert PORTRAIT in str(wrong.value)


async def test_a_workflow_saved_for_the_editor_is_named_with_what_to_do(
    tmp_path: Path, case: object
) -> None:
    (tmp_path / "portrait.json").write_text('{"nodes": [], "links": []}')
    with pytest.raises(SetupError, match=r"Export \(API\)"):
        prepared([entry()], folder=tmp_path)
    for text in ("[]", "{}", '{"3": {"class_type": "KSampler"}}'):
        (tmp_path / "portrait.json").write_text(text)
        with pytest.raises(SetupError, match="no graph of nodes"):
            prepared([entry()], folder=tmp_path)


async def test_a_workflow_may_be_named_by_its_whole_path(tmp_path: Path, case: object) -> None:
    (tmp_path / "w.json").write_text((EXAMPLES / "portrait.json").read_text())
    [model] = prepared([entry(workflow=str(tmp_path / "w.json"))], folder=EXAMPLES)
    assert model.options["graph"]


async def test_a_batch_is_one_job_where_the_model_has_no_seed(
    provider: Provider, vendor: ComfyUI
) -> None:
    [model] = prepared(
        [entry().model_copy(update={"has_seed": False, "max_batch": 4})], folder=EXAMPLES
    )
    order = order_of(PORTRAIT, count=4, seed=None).model_copy(update={"model": model})
    made = await made_by(provider, order)
    assert [one.index for one in made.pictures] == [1, 2, 3, 4]
    assert sent(vendor)["5"]["inputs"]["batch_size"] == 4


async def test_models_of_others_are_let_be(case: object) -> None:
    text = '[[models]]\nid = "sketch/compose"\nprice_usd = "0.05"'
    known = read_models(text, where="x", known=[model_of("sketch/compose")])
    assert prepared(known, folder=EXAMPLES) == known


async def test_a_source_too_large_for_us_never_leaves(provider: Provider, vendor: ComfyUI) -> None:
    order = edit_of("comfyui/restyle", sources=(SourcePicture(data=b"no", mime="image/png"),))
    with pytest.raises(Refused):
        await provider.submit(order)
    assert vendor.seen == []
