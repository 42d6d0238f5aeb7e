"""What Slack says to us; every listener is bound here, on one page."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from blocks import batch as rows
from blocks import edit, insert_form, proposal, replies, results, set_all
from blocks import insert as canvas
from bot.listeners import ask, batch, decide, failures, home, insert, revise, undo, unknown
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
    app.action(results.FULL_SIZE)(decide.full_size)

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

    app.event("app_home_opened")(home.opened)
    app.error(failures.tell)
