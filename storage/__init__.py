"""Keeps what happened: rows and blobs in, domain values out; nobody else sees a row."""
