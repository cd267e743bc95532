"""Where the texts of the real articles lie that `articles/*.standoff` annotates by id."""

import gzip
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
GLUED = re.compile(r"[.,;:!?%)\]]+|n't|['\u2019](?:s|re|ve|ll|d|m)?", re.IGNORECASE)


def article_texts() -> dict[str, Row]:
    """Real articles by `doc_id`: Wikinews as it is, re3d with its title in front, ECB+ as prose again.

    Returns:
        Rows with `doc_id`, `date`, `title`, `text`; none where VILLANI_DATA is not at hand.
    """
    folder = Path(os.environ.get("VILLANI_DATA", "../shared/data")) / "train"
    makers: dict[str, Callable[[Row], Row]] = {
        "wikinews-2019-2020": dict,
        "re3d": _re3d_article,
        "ecbplus": _ecb_article,
    }
    texts: dict[str, Row] = {}
    for name, make in makers.items():
        path = folder / f"{name}.jsonl.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for article in map(make, map(json.loads, lines)):
                    texts[article["doc_id"]] = article
    return texts


def _re3d_article(row: Row) -> Row:
    text = f"{row['title']}\n\n{row['text'].strip()}"
    return {"doc_id": f"re3d-{row['id'][:8]}", "date": None, "title": row["title"], "text": text}


def _ecb_article(row: Row) -> Row:
    """Tokens as prose: no blank before a stop or a contraction, nor inside brackets and quotation marks."""
    text, is_quoted = "", False
    for token in row["tokens"]:
        word = '"' if token in {"``", "''"} else token
        opened = is_quoted and text.endswith('"')
        glued = GLUED.fullmatch(word) or not text or text[-1] in "([$" or opened or (word == '"' and is_quoted)
        is_quoted ^= word == '"'
        text += word if glued else f" {word}"
    return {"doc_id": f"ecb-{row['doc']}", "date": None, "title": "", "text": text}
