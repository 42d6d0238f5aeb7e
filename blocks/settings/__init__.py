"""The workspace's rules as forms: one small modal for each section, and the page that leads there.

Each module has the ids, `modal()` and `parse()` of one form; `sections` says the rules in words.
"""
