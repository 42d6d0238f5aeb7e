"""Slack's rules that an app, or a person, can break, and the tests that break each of them.

`section` is the part of Slack's documentation as the fact sheet numbers it: 1.1 acknowledging and
retries, 1.2 triggers and response URLs, 1.3 rates, 1.4 Socket Mode, 1.5 messages and Block Kit,
1.6 newer blocks, 1.7 files in blocks, 2 uploads. A rule without tests says why.
"""

from dataclasses import dataclass

BLOCKS = "test_blocks::test_a_broken_message_is_refused_with_the_place"
VIEWS = "test_blocks::test_a_broken_modal_is_refused_with_the_place"
NEWER = "test_new_blocks::test_a_broken_block_is_refused_with_the_place"
LIMITS = "test_limits::test_the_limit_itself_is_allowed_and_one_more_is_not"
VIEW_LIMITS = "test_limits::test_a_view_keeps_the_same_limits"
SURFACES = "test_new_blocks::test_a_block_stands_on_its_own_surfaces_alone"
SAID = "test_messages::test_what_cannot_be_said_is_refused"
COMPLETED = "test_files::test_a_refused_completion_may_be_tried_again"


@dataclass(frozen=True)
class Rule:
    """`tests` are files of this folder and functions in them."""

    section: str
    words: str
    tests: tuple[str, ...] = ()
    untested: str = ""


def rule(section: str, words: str, *tests: str) -> Rule:
    return Rule(section, words, tests)


RULES = [
    rule(
        "1.1",
        "an interaction is acknowledged within three seconds",
        "test_interaction::test_an_app_that_does_not_acknowledge_is_timed_out",
    ),
    rule(
        "1.1",
        "an event without an answer comes again three times",
        "test_sockets::test_an_event_without_an_answer_comes_again_three_times",
    ),
    rule(
        "1.1",
        "a retry says which it is and why, unless the app wants none",
        "test_http_delivery::test_a_failed_event_comes_again_three_times_and_says_why",
        "test_http_delivery::test_an_app_may_ask_not_to_be_sent_an_event_again",
    ),
    rule(
        "1.1",
        "an event follows two redirects",
        "test_http_delivery::test_an_event_follows_two_redirects",
    ),
    rule(
        "1.1",
        "an address is verified before events are sent to it, and every request is signed",
        "test_request_urls::test_an_address_is_verified_by_its_challenge_alone",
        "test_http_delivery::test_a_signature_is_the_documented_one",
        "test_http_delivery::test_every_request_is_signed_and_says_who_asks",
    ),
    rule(
        "1.1",
        "events end when more than 95 of 100 deliveries fail",
        "test_event_limits::test_more_than_95_of_100_failures_switch_events_off",
        "test_event_limits::test_an_app_that_fails_too_often_gets_no_more_events",
    ),
    rule(
        "1.1",
        "30,000 deliveries an hour, then app_rate_limited once a minute",
        "test_event_limits::test_the_limits_are_the_documented_ones",
        "test_event_limits::test_beyond_the_limit_the_app_hears_once_a_minute_that_it_is_limited",
    ),
    Rule("1.1", "Delayed Events go on for a day", untested="a setting the sandbox has not"),
    rule(
        "1.1",
        "an event older than two hours is not delivered",
        "test_delivery_faults::test_an_event_is_given_up_after_two_hours",
    ),
    rule(
        "1.1",
        "a mention comes twice under two event ids",
        "test_typed_text::test_a_mention_is_told_twice_under_two_ids",
    ),
    rule(
        "1.1",
        "an event names one authorization",
        "test_events::test_the_envelope_names_team_app_and_installation",
        "test_oauth::test_an_event_context_tells_who_may_see_it",
    ),
    rule("1.2", "a trigger works once", "test_modals::test_a_trigger_works_once"),
    rule(
        "1.2",
        "a trigger works for three seconds",
        "test_modals::test_a_trigger_works_for_three_seconds",
    ),
    rule("1.2", "a trigger is known", "test_web_api::test_what_slack_refuses_is_refused"),
    rule(
        "1.2",
        "a response URL takes five posts",
        "test_interaction::test_an_answer_may_be_given_five_times",
    ),
    rule(
        "1.2",
        "a response URL works for thirty minutes",
        "test_interaction::test_an_answer_may_be_given_for_half_an_hour",
    ),
    rule(
        "1.2",
        "a response URL takes what a message takes",
        "test_interaction::test_a_broken_answer_is_refused_and_does_not_count",
    ),
    rule(
        "1.2",
        "the original is replaced or deleted, but not a command's",
        "test_interaction::test_an_answer_can_replace_and_delete_the_message",
        "test_other_rules::test_a_command_has_no_message_to_replace_or_delete",
    ),
    rule(
        "1.2",
        "an answer goes into a thread that is there",
        "test_other_rules::test_an_answer_may_go_into_the_thread",
        "test_interaction::test_a_broken_answer_is_refused_and_does_not_count",
    ),
    rule(
        "1.2",
        "a notice does not become a message",
        "test_other_rules::test_a_notice_does_not_become_a_message",
    ),
    rule(
        "1.2",
        "a global shortcut has no response URL, a modal may ask for one",
        "test_shortcuts::test_a_global_shortcut_has_a_trigger_and_nothing_to_answer_to",
        "test_other_rules::test_a_modal_answers_into_the_channel_that_was_chosen",
    ),
    rule(
        "1.2",
        "commands do not work in threads",
        "test_interaction::test_a_command_does_not_work_in_a_thread_or_unknown",
    ),
    rule(
        "1.2",
        "ssl_check is answered with 200",
        "test_request_urls::test_an_address_that_is_verified_later_gets_what_comes_later",
    ),
    rule(
        "1.2",
        "should_escape decides how names arrive",
        "test_other_rules::test_names_in_a_command_are_escaped_if_the_manifest_says_so",
    ),
    rule(
        "1.3",
        "each method has its tier",
        "test_methods::test_tier_and_scopes_are_slacks",
        "test_other_rules::test_each_tier_has_its_calls_and_then_a_wait",
    ),
    rule(
        "1.3",
        "429 carries Retry-After and blocks that method alone",
        "test_wire::test_a_refused_call_still_names_the_scopes_and_the_wait",
        "test_other_rules::test_only_the_limited_method_is_blocked",
    ),
    rule(
        "1.3",
        "one message a second and channel, several hundred a minute and workspace",
        "test_web_api::test_one_message_a_second_goes_to_a_channel",
        "test_wire::test_posting_is_counted_in_the_channel_and_in_the_workspace",
    ),
    rule(
        "1.3",
        "apps sold outside the Marketplace read fifteen messages a minute",
        "test_conversations::test_an_app_sold_elsewhere_reads_fifteen_messages_a_minute",
    ),
    Rule("1.3", "lists without pages have stricter limits", untested="Slack gives no number"),
    Rule("1.3", "one update of a message every three seconds", untested="advice, not refused"),
    rule(
        "1.4",
        "sockets are opened with an app's token, if the manifest has Socket Mode",
        "test_other_rules::test_without_socket_mode_no_socket_is_opened",
    ),
    rule("1.4", "an address opens one socket", "test_sockets::test_an_address_opens_one_socket"),
    rule(
        "1.4",
        "ten sockets at most, a payload goes to one of them",
        "test_sockets::test_an_eleventh_socket_is_turned_away",
        "test_sockets::test_each_payload_goes_to_one_socket",
    ),
    rule(
        "1.4",
        "a socket is sent away and another opened",
        "test_sockets::test_a_socket_that_is_sent_away_is_closed",
        "test_sockets::test_an_app_comes_again_after_it_was_sent_away",
        "test_delivery_faults::test_a_socket_is_told_why_it_ends",
    ),
    rule(
        "1.4",
        "with Socket Mode everything goes over the socket",
        "test_request_urls::test_with_socket_mode_an_address_is_never_used",
    ),
    rule("1.5", "50 blocks in a message, 100 in a view", LIMITS, VIEW_LIMITS),
    rule(
        "1.5",
        "text is cut after 40,000 characters",
        "test_messages::test_a_long_text_is_cut_when_posted",
    ),
    rule(
        "1.5",
        "an update's text has 4,000",
        "test_web_api::test_an_update_has_at_most_four_thousand_characters",
        "test_new_blocks::test_an_update_counts_bytes",
    ),
    rule("1.5", "markdown_text has 12,000 and stands alone", SAID),
    rule("1.5", "100 attachments", SAID),
    rule("1.5", "metadata has its form and size", SAID),
    rule(
        "1.5",
        "all blocks together have a size",
        "test_new_blocks::test_all_blocks_of_a_message_have_a_size_together",
    ),
    rule(
        "1.5",
        "a view has 250 KB",
        "test_blocks::test_a_view_of_more_than_250_kilobytes_is_too_large",
    ),
    rule("1.5", "text objects: 1 to 3,000", BLOCKS, LIMITS),
    rule("1.5", "section: text 3,000, ten fields of 2,000, one of both", BLOCKS, LIMITS),
    rule("1.5", "header: plain_text of 150", BLOCKS, LIMITS),
    rule("1.5", "context: ten images or texts", BLOCKS, LIMITS),
    rule("1.5", "actions: 25 elements", BLOCKS, LIMITS),
    rule("1.5", "button: 75, 2,000, 3,000, 255, 75 and two styles", BLOCKS, LIMITS),
    rule("1.5", "block_id of 255, unique in a message", BLOCKS, LIMITS),
    rule("1.5", "action_id of 255, unique in its block", BLOCKS, LIMITS),
    rule("1.5", "select: 100 options, 100 groups of 100, placeholder of 150", BLOCKS, LIMITS),
    rule("1.5", "option: 75, 150, 75, 3,000", BLOCKS, LIMITS),
    rule("1.5", "overflow: one to five", BLOCKS, LIMITS),
    rule("1.5", "checkboxes and radio buttons: ten", LIMITS),
    rule("1.5", "confirm: 100, 300, 30, 30", LIMITS),
    rule("1.5", "input: label and hint of 2,000", LIMITS),
    rule("1.5", "plain_text_input: up to 3,000", VIEWS, LIMITS),
    rule("1.5", "number_input: numbers in strings", VIEWS),
    rule("1.5", "file_input: one to ten files", LIMITS),
    rule("1.5", "one element has the focus", VIEWS),
    rule("1.5", "what is chosen at first is among the options", BLOCKS),
    rule("1.5", "modal: title, submit, close of 24; submit where there are inputs", VIEWS),
    rule("1.5", "private_metadata 3,000, callback_id and external_id 255", VIEWS, VIEW_LIMITS),
    rule(
        "1.5",
        "an external_id names one view",
        "test_modals::test_an_external_id_names_one_view",
    ),
    rule(
        "1.5",
        "three views on the stack",
        "test_modals::test_three_modals_lie_on_each_other_and_no_more",
    ),
    rule("1.5", "image: words, and exactly one source", BLOCKS, LIMITS),
    rule("1.5", "no field that Slack does not know", BLOCKS),
    rule(
        "1.5",
        "alt_txt of 1,000 at upload",
        "test_files::test_a_place_for_a_file_is_given_within_bounds",
    ),
    rule(
        "1.5",
        "external_select asks from its min_query_length on, by itself from 3",
        "test_interaction::test_a_menu_asks_the_app_from_its_second_letter_on",
        "test_people::test_a_menu_that_says_nothing_asks_from_the_third_letter_on",
    ),
    rule(
        "1.5",
        "options are answered as they should be, over HTTP at their own address",
        "test_http_answers::test_without_an_options_address_a_menu_stays_empty",
        "test_people::test_broken_options_of_the_app_are_refused",
    ),
    rule(
        "1.5",
        "a submission is answered with one of four actions, errors name inputs",
        "test_modals::test_a_broken_answer_leaves_the_modal_and_is_noted",
        "test_modals::test_the_answer_says_what_becomes_of_the_modal",
    ),
    rule(
        "1.5",
        "a stale hash is a conflict",
        "test_modals::test_a_stale_hash_is_a_conflict_and_the_id_stays",
    ),
    rule(
        "1.5",
        "inputs keep what was typed where both ids stay",
        "test_modals::test_what_was_entered_outlives_an_update_that_keeps_its_ids",
    ),
    rule("1.5", "a Home needs its tab", "test_modals::test_a_home_needs_its_tab"),
    rule(
        "1.5",
        "an update without blocks takes them away and keeps the metadata",
        "test_messages::test_an_edit_replaces_the_blocks_and_keeps_the_metadata",
    ),
    rule(
        "1.5",
        "a notice cannot be updated",
        "test_other_rules::test_a_notice_cannot_be_changed_or_deleted",
    ),
    rule(
        "1.5",
        "an update names a direct message by its D id",
        "test_messages::test_a_persons_id_means_the_conversation_with_them_when_posting_alone",
    ),
    rule("1.6", "markdown: 12,000 over all blocks, messages only", BLOCKS, LIMITS, SURFACES),
    rule(
        "1.6",
        "rich_text has its four parts",
        "test_rich_text::test_a_broken_part_is_refused_with_its_place",
    ),
    rule("1.6", "table: 100 rows of 20 cells, one in a message", NEWER),
    rule("1.6", "data_table: caption, 2 to 201 rows, pages of 1 to 100", NEWER),
    rule("1.6", "data_visualization: pies, bars, areas, lines; two in a message", NEWER),
    rule("1.6", "context_actions: five of feedback_buttons and icon_button", NEWER),
    rule("1.6", "task_card: a status, rich text, sources; pending in a plan alone", NEWER),
    rule("1.6", "plan: 50 tasks with ids of their own", NEWER),
    rule("1.6", "card: something on it, 150, 150, 200, three buttons", NEWER, LIMITS),
    rule("1.6", "carousel: one to ten cards, not in modals", NEWER, LIMITS, SURFACES),
    rule("1.6", "alert: in modals alone", BLOCKS, SURFACES),
    rule("1.6", "container: a title, ten blocks of some kinds, folding", NEWER),
    rule("1.7", "slack_file: exactly one of id and url, an id of its form", BLOCKS),
    rule("1.7", "image_url: what Slack can fetch", BLOCKS),
    rule(
        "1.7",
        "a file is shown once it was looked at",
        "test_files::test_a_file_has_no_type_until_it_was_looked_at",
    ),
    rule(
        "1.7",
        "a file is shown by those who may see it",
        "test_files::test_a_file_that_the_app_may_not_see_cannot_be_shown",
        "test_other_rules::test_an_upload_without_a_channel_is_the_apps_alone",
    ),
    rule(
        "1.7",
        "only a person's token opens a file to the world",
        "test_groups_and_files::test_only_a_person_opens_a_file_to_the_world",
    ),
    Rule("1.7", "limits of storage and of single files", untested="admins and plans are not here"),
    rule(
        "1.7",
        "a file comes in a message of subtype file_share",
        "test_events::test_files_of_people_and_of_the_app_come_as_file_share",
    ),
    rule(
        "1.7",
        "a download without the right is a login page",
        "test_files::test_a_download_without_the_right_is_a_login_page",
        "test_control::test_an_app_downloads_with_its_token_or_gets_a_login_page",
    ),
    rule(
        "1.7",
        "people of another company are told apart",
        "test_workspaces::test_people_of_another_company_are_told_apart",
    ),
    rule(
        "1.7",
        "files of shared channels come as stubs",
        "test_events::test_files_of_a_shared_channel_come_as_stubs",
    ),
    Rule("1.7", "a channel's id changes when it is shared", untested="channels do not become it"),
    rule(
        "2",
        "an upload has a name and a length",
        "test_files::test_a_place_for_a_file_is_given_within_bounds",
    ),
    rule(
        "2",
        "as many bytes come as were said, once",
        "test_files::test_an_upload_is_as_long_as_it_was_said",
        "test_files::test_bytes_are_taken_once",
    ),
    rule("2", "an upload is completed once", "test_files::test_an_upload_is_completed_once"),
    rule("2", "a channel the bot is in, or several, and a thread of one", COMPLETED),
    rule(
        "2",
        "a hundred channels at most",
        "test_other_rules::test_a_file_is_shared_into_at_most_a_hundred_channels",
    ),
    rule(
        "2",
        "a comment stands instead of blocks",
        "test_other_rules::test_a_comment_stands_instead_of_blocks",
    ),
    rule(
        "2",
        "files of one completion come in one message",
        "test_files::test_several_files_come_in_one_message",
    ),
    rule(
        "2",
        "sharing comes after the answer, and after what was said since",
        "test_other_rules::test_files_are_shared_a_little_after_the_answer",
    ),
    rule(
        "2",
        "an update adds files that are there",
        "test_messages::test_an_edit_can_add_a_file_to_a_message",
    ),
    rule(
        "2",
        "snippets have a type and a size",
        "test_groups_and_files::test_a_snippet_has_a_known_type_and_a_megabyte",
    ),
    rule(
        "2",
        "files.upload is gone",
        "test_other_rules::test_the_first_way_of_uploading_is_gone",
    ),
]
