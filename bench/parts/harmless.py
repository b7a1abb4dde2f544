"""Start-up file of the benchmark's kernels: a cell's text is real, what runs is not.

The cells are from public notebooks, so nothing of them is executed. By a hash of its text a cell shows what such cells
show: nothing, a few lines, a table, a picture, a traceback. A cell that begins with `# bench` runs as it is.
"""

import zlib

_TABLE = "".join(f"<tr><td>{row}</td><td>{row * 1.5}</td><td>row {row}</td></tr>" for row in range(50))
_SHOWN = [
    (45, "pass"),
    (65, "for _line in range(5): print('epoch', _line, 'loss', 1 / (_line + 1))"),
    (
        85,
        "get_ipython().display_pub.publish({'text/plain': '<table>', 'text/html': '<table>" + _TABLE + "</table>'})",
    ),
    (93, "get_ipython().display_pub.publish({'image/png': 'iVBORw0KGgo' + 'A' * 30_001, 'text/plain': '<Figure>'})"),
    (100, "raise NameError(\"name 'df' is not defined\")"),
]


def _harmless(lines):
    if lines and lines[0].startswith("# bench"):
        return lines
    luck = zlib.crc32("".join(lines).encode("utf-8", "replace")) % 100
    return [next(code for limit, code in _SHOWN if luck < limit) + "\n"]


get_ipython().input_transformer_manager.cleanup_transforms.insert(0, _harmless)  # noqa: F821
