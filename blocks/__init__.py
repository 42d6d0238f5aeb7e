"""Domain values to Block Kit, and what people submit back to domain values; pure."""
