"""Microsoft's az, unmodified, asked many times without starting each time: one JSON list of words a line in, one JSON object a line out.

The answer is {"code": exit code, "body": what it printed as JSON, "said": its standard error}.
"""
import contextlib
import io
import json
import sys

from azure.cli.core import get_default_cli

cli = get_default_cli()
for line in sys.stdin:
    printed, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            code = cli.invoke([*json.loads(line), '--output', 'json'], out_file=printed)
        except SystemExit as end:
            code = end.code
    text = printed.getvalue()
    print(json.dumps({'code': code, 'body': json.loads(text) if text.strip() else None, 'said': said.getvalue()}), flush=True)
