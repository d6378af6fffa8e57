"""The container's question: does the web process answer, with database, broker and worker behind it?"""

import os
import sys
import urllib.error
import urllib.request


def probe() -> str:
    """Empty when all is well, else what the server said."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip() or "localhost"
    question = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    try:
        urllib.request.urlopen(question, timeout=8).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(2000).decode(errors='replace')}"
    except OSError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(probe() or 0)
