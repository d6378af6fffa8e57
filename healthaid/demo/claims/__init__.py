"""Two years of bills: who went where and why, what it cost, who paid which part of it."""
