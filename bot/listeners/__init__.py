"""What Slack says to us; every listener is bound here, on one page."""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from blocks import (
    alt,
    edit,
    insert_form,
    posted,
    proposal,
    replies,
    review,
    search,
    set_all,
    subject,
)
from blocks import audit as audit_log
from blocks import batch as rows
from blocks import budget as budget_words
from blocks import change as change_form
from blocks import goahead as go_ahead
from blocks import home as home_page
from blocks import image as image_modal
from blocks import insert as canvas
from blocks import question as questions
from blocks import results as result_row
from blocks.settings import channels as settings_channels
from blocks.settings import keeping as settings_keeping
from blocks.settings import keys as settings_keys
from blocks.settings import models as settings_models
from blocks.settings import people as settings_people
from blocks.settings import sections as settings_page
from blocks.settings import tools as settings_tools
from bot.listeners import (
    ask,
    audit,
    batch,
    budget,
    change,
    decide,
    failures,
    goahead,
    home,
    image,
    insert,
    keys,
    question,
    results,
    revise,
    settings,
    shortcuts,
    undo,
    unknown,
)
from bot.services import Services

IMAGE_COMMAND = "/studio"


def register(app: AsyncApp, services: Services) -> None:
    """Bind all listeners; `services` reaches them through Bolt's context."""

    @app.use
    async def give_services(
        context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
    ) -> None:
        context["services"] = services
        await next_()

    app.event("message", middleware=[ask.take])(ask.answer)
    app.event("app_mention", middleware=[ask.take])(ask.answer)
    app.command(IMAGE_COMMAND)(ask.command)
    app.action(replies.REPLY_EXAMPLE)(ask.example)

    for choice in questions.CHOICES:
        app.action(choice)(question.choose)

    app.action(proposal.APPROVE)(decide.approve)
    app.action(proposal.DENY)(decide.open_deny)
    app.view(proposal.DENY_MODAL)(decide.deny)
    app.action(proposal.AGAIN)(decide.again)

    app.action(proposal.RETRY)(decide.again)
    app.action(proposal.STOP)(batch.stop)

    app.action(rows.ROW_MENU)(batch.use_row)
    app.action(rows.RESTORE)(batch.restore)
    app.action(rows.PREVIOUS)(batch.turn)
    app.action(rows.NEXT)(batch.turn)
    app.action(proposal.SET_ALL)(batch.open_set_all)
    app.options(set_all.MODEL)(batch.models)
    for field in (set_all.MODEL, set_all.STYLE, set_all.ASPECT):
        app.action(field)(batch.redraw)
    app.view(set_all.SET_ALL_MODAL)(batch.save_set_all)

    app.action(result_row.CHOOSE)(results.choose)
    app.action(result_row.VARY)(results.vary)
    app.action(result_row.UPSCALE)(results.upscale)
    app.action(result_row.EDIT)(results.edit)
    app.action(result_row.OPEN)(results.open_image)
    app.action(result_row.FULL_SIZE)(results.full_size)

    app.action(image_modal.VARY)(image.vary)
    app.action(re.compile(rf"^{image_modal.UPSCALE}_\d+$"))(image.upscale)
    app.action(image_modal.AGAIN)(image.again)
    app.action(image_modal.FULL_SIZE)(image.full_size)
    app.action(image_modal.VECTOR)(image.vector)
    app.action(image_modal.STAR)(image.star)
    app.action(image_modal.UNSTAR)(image.unstar)
    app.action(image_modal.BACK)(image.walk)
    app.action(image_modal.ON)(image.walk)
    app.action(image_modal.EDIT)(image.edit)
    app.action(image_modal.ALT)(image.edit_alt)
    app.action(image_modal.DELETE)(image.delete)
    app.view(alt.ALT_MODAL)(image.save_alt)

    app.shortcut(shortcuts.EDIT_IMAGE)(shortcuts.edit_image)
    app.shortcut(shortcuts.UPSCALE_IMAGE)(shortcuts.upscale_image)
    app.shortcut(shortcuts.IMPORT_IMAGE)(shortcuts.import_image)
    app.action(posted.EDIT)(shortcuts.edit)
    app.action(posted.UPSCALE)(shortcuts.upscale)
    app.action(posted.KEEP)(shortcuts.keep)
    app.action(posted.SCALE)(shortcuts.redraw)
    app.view(posted.ENLARGE_MODAL)(shortcuts.enlarge)
    app.view(posted.KEEP_MODAL)(shortcuts.keep_chosen)

    app.action(subject.CHOOSE)(change.choose)
    app.action(change_form.MODEL)(change.redraw)
    app.action(change_form.COUNT)(change.redraw)
    app.view(change_form.CHANGE_MODAL)(change.propose)

    app.action(proposal.EDIT)(revise.open_edit)
    app.action(proposal.REWORD)(revise.open_reword)
    app.options(edit.MODEL)(revise.models)
    app.action(edit.MODEL)(revise.redraw)
    app.action(edit.COUNT)(revise.redraw)
    app.action(edit.ORIGINAL)(revise.reword)
    app.action(edit.IMPROVED)(revise.reword)
    app.view(edit.EDIT_MODAL)(revise.save)
    app.view(edit.REWORD_MODAL)(revise.propose_reworded)

    app.action(proposal.CHECK_AGAIN)(unknown.check_again)
    app.action(proposal.TRY_AGAIN)(unknown.try_again)
    app.action(proposal.GIVE_UP)(unknown.give_up)

    app.action(canvas.INSERT)(insert.open_insert)
    app.action(canvas.EDIT)(insert.open_edit)
    app.action(canvas.CHOOSE_PLACE)(insert.choose_place)
    app.action(canvas.CHOOSE_CANVAS)(insert.choose_canvas)
    app.action(canvas.UNDO)(undo.undo)
    app.action(canvas.UNDO_SEVERAL)(undo.open_undo)
    app.action(canvas.AGAIN)(undo.again)
    app.action(canvas.OPEN)(insert.opened)
    app.options(insert_form.CANVAS)(insert.options)
    app.action(insert_form.CANVAS)(insert.redraw)
    app.view(insert_form.PLACE_MODAL)(insert.save_place)
    app.view(insert_form.EDIT_PLACE_MODAL)(insert.save_edit)
    app.view(insert_form.CANVAS_MODAL)(insert.save_canvas)
    app.view(insert_form.UNDO_MODAL)(undo.save_undo)
    app.action(go_ahead.ALLOW)(goahead.allow)
    app.action(go_ahead.REFUSE)(goahead.refuse)
    app.action(budget_words.ASK_FOR_MORE)(budget.ask_for_more)
    app.action(budget_words.OPEN_BUDGETS)(settings.open_budgets)

    app.event("app_home_opened")(home.opened)
    app.action(home_page.SEARCH)(home.open_search)
    app.view(search.MODAL)(home.find)
    app.action(home_page.EVERYTHING)(home.everything)
    app.action(home_page.STARRED)(home.starred)
    app.action(home_page.NEWER)(home.turn)
    app.action(home_page.OLDER)(home.turn)
    app.action(home_page.SHOW_IMAGES)(home.show_images)
    app.action(home_page.OPEN_SETTINGS)(home.see_settings)
    app.action(home_page.REVIEW)(home.open_review)
    app.view(review.MODAL)(home.approve)
    app.action(review.DENY)(home.deny)

    app.action(settings_page.OPEN)(settings.open_form)
    app.action(settings_channels.CHANNEL)(settings.choose_channel)
    app.view(settings_tools.MODAL)(settings.save_tools)
    app.view(settings_models.MODAL)(settings.save_models)
    app.view(settings_people.MODAL)(settings.save_people)
    app.view(settings_channels.MODAL)(settings.save_channels)
    app.view(settings_keeping.MODAL)(settings.save_keeping)
    app.action(settings_keys.PROVIDER)(keys.choose_provider)
    app.view(settings_keys.MODAL)(keys.save)

    app.action(audit_log.OPEN)(audit.open_log)
    app.action(audit_log.OLDER)(audit.turn)
    app.action(audit_log.NEWER)(audit.turn)
    app.action(audit_log.MONTH)(audit.choose_month)
    app.action(audit_log.EXPORT)(audit.export)

    app.error(failures.tell)
