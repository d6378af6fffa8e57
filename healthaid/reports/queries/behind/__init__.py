"""The rows behind the numbers of a report that no indicator counts: bills, people, claims, ledgers."""
