"""The paid work of an approved item: intent, submit, wait, store, deliver, settle."""
