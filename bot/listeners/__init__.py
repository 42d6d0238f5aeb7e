"""What Slack says to us; every listener is bound here, on one page."""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from blocks import alt, edit, pick, posted, proposal, replies
from blocks import change as change_form
from blocks import image as image_modal
from blocks import results as result_row
from bot.listeners import (
    ask,
    change,
    decide,
    failures,
    home,
    image,
    results,
    revise,
    shortcuts,
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

    app.action(proposal.APPROVE)(decide.approve)
    app.action(proposal.DENY)(decide.open_deny)
    app.view(proposal.DENY_MODAL)(decide.deny)
    app.action(proposal.AGAIN)(decide.again)

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

    app.action(pick.CHOOSE)(change.choose)
    app.action(change_form.MODEL)(change.redraw)
    app.action(change_form.COUNT)(change.redraw)
    app.view(change_form.CHANGE_MODAL)(change.propose)

    app.action(proposal.EDIT)(revise.open_edit)
    app.options(edit.MODEL)(revise.models)
    app.action(edit.MODEL)(revise.redraw)
    app.action(edit.COUNT)(revise.redraw)
    app.view(edit.EDIT_MODAL)(revise.save)

    app.action(proposal.CHECK_AGAIN)(unknown.check_again)
    app.action(proposal.TRY_AGAIN)(unknown.try_again)
    app.action(proposal.GIVE_UP)(unknown.give_up)

    app.event("app_home_opened")(home.opened)
    app.error(failures.tell)
