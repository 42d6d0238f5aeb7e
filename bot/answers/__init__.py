"""What a plan leads to, one module a kind: a message, a proposal, a change of one."""
