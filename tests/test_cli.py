"""The command as its user meets it: in a process of its own, with the weights of the package."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from villani.records.schema import build_schema, decode_record

SAMPLES = Path(__file__).parents[1] / "src" / "villani" / "resources" / "samples"
SENTENCE = "Rebels shelled the town of Sake on Tuesday, killing at least nine civilians, the army said."


def villani(*args, text="", cwd=None):
    """Run the command; returns exit code, stdout, stderr."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "villani", *map(str, args)],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=120,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_pipe_gives_json_lines_that_fit_the_schema():
    code, out, err = villani("code", "-", "--date", "2024-02-14", text=SENTENCE)
    assert code == 0, err
    validator = jsonschema.Draft202012Validator(build_schema())
    events = [json.loads(line) for line in out.splitlines()]
    assert events
    for event in events:
        validator.validate(event)
        for span in (event["trigger"], event["evidence"], *event["actors"], *event["recipients"]):
            assert SENTENCE[span["start"] : span["end"]] == span["text"]
    assert {event["type"] for event in events} == {"ASSAULT"}
    assert "event" in err
    assert "1 article" in err


def test_coding_twice_gives_the_same_bytes():
    first = villani("code", "-", "--date", "2024-02-14", "-q", text=SENTENCE)
    assert first == villani("code", "-", "--date", "2024-02-14", "-q", text=SENTENCE)
    assert first[2] == ""


def test_all_records_are_printed_on_request(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(SENTENCE, encoding="utf-8")
    code, out, _ = villani("code", page, "--records", "events,relations,figures,documents", "--date", "2024-02-14")
    kinds = [type(decode_record(line)).__name__ for line in out.splitlines()]
    assert code == 0
    assert kinds[0] == "DocumentRecord"
    assert "Event" in kinds


def test_the_table_says_why_when_asked():
    code, out, _ = villani("code", "-", "--format", "table", "--explain", "--date", "2024-02-14", text=SENTENCE)
    assert code == 0
    assert "ASSAULT" in out
    assert SENTENCE in " ".join(out.split())
    assert "type and status:" in out


def test_status_and_confidence_filter_events():
    _, everything, _ = villani("code", "-", text=SENTENCE)
    _, planned, _ = villani("code", "-", "--status", "planned", text=SENTENCE)
    _, none, _ = villani("code", "-", "--min-confidence", "1.0", text=SENTENCE)
    assert everything
    assert planned == none == ""


def test_bad_inputs_are_one_line_each_and_the_rest_is_coded(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "rows.jsonl").write_text(
        '{"id": "a", "text": "Rebels shelled Sake on Monday."}\nnot json\n{"id": "b"}\n'
        '{"id": "c", "text": "Soldiers arrested the mayor.", "date": "someday"}\n'
        '{"id": "d", "text": "The army bombed the port."}\n',
        encoding="utf-8",
    )
    code, out, err = villani("code", "empty.txt", "missing.txt", "photo.png", "rows.jsonl", cwd=tmp_path)
    assert code == 0
    assert {json.loads(line)["doc_id"] for line in out.splitlines()} == {"a", "d"}
    errors = [line for line in err.splitlines() if line.startswith("error:")]
    assert len(errors) == 6
    for name in ("empty.txt", "missing.txt", "photo.png", "rows.jsonl:2", "rows.jsonl:3", "rows.jsonl:4"):
        assert sum(name in line for line in errors) == 1
    assert all("help:" in line for line in errors)
    assert "Traceback" not in err


def test_nothing_coded_at_all_is_exit_2_and_strict_is_exit_1(tmp_path):
    assert villani("code", tmp_path / "missing.txt")[0] == 2
    page = tmp_path / "page.txt"
    page.write_text(SENTENCE, encoding="utf-8")
    assert villani("code", page, tmp_path / "missing.txt")[0] == 0
    assert villani("code", page, tmp_path / "missing.txt", "--strict")[0] == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--date", "14.2.2024"), "cannot read date '14.2.2024'"),
        (("--date", "2024-02-31"), "cannot read date '2024-02-31'"),
        (("--records", "events,sorrows"), "unknown value in --records: sorrows"),
        (("--status", "rumoured"), "unknown value in --status: rumoured"),
    ],
)
def test_misuse_is_exit_2_with_cause_and_help(args, message):
    code, out, err = villani("code", "-", *args, text=SENTENCE)
    assert code == 2
    assert out == ""
    assert err.startswith(f"error: {message}")
    assert "  cause:" in err
    assert "  help:" in err
    assert "Traceback" not in err


def test_control_characters_of_a_page_never_reach_the_terminal(tmp_path):
    page = tmp_path / "page.jsonl"
    text = "Rebels shelled Sa\u202eke on Tuesday, killing nine \x1b[31mcivilians\x1b[0m."
    page.write_text(json.dumps({"id": "x", "text": text, "title": "A \x1b]0;title\x07"}) + "\n", encoding="utf-8")
    _, out, err = villani("code", page, "--format", "table", "--color", "never")
    assert "\x1b" not in out + err
    assert "\u202e" not in out


def test_help_is_there_at_once_and_shows_examples():
    began = time.monotonic()
    code, out, _ = villani("--help")
    seconds = time.monotonic() - began
    assert code == 0
    assert "Who did what to whom" in out
    assert seconds < 3, "lazy imports keep this under half a second on a quiet machine"
    assert "Examples:" in villani("code", "--help")[1]


def test_the_version_is_printed():
    assert villani("--version")[1].strip() == "villani 0.1.0"


def test_samples_are_coded_and_the_football_page_is_quiet():
    code, out, err = villani("code", SAMPLES, "--records", "events,documents")
    assert code == 0, err
    records = [decode_record(line) for line in out.splitlines()]
    events = [record for record in records if record.schema == "villani/event/1"]
    documents = {record.doc_id: record for record in records if record.schema == "villani/document/1"}
    assert len(documents) == 9
    for event in events:
        document = documents[event.doc_id]
        assert document.text[event.trigger.start : event.trigger.end] == event.trigger.text
        datelines = {(place.start, place.end) for place in document.datelines}
        assert event.place is None or (event.place.start, event.place.end) not in datelines
    kinds = {(event.type, event.status) for event in events}
    assert ("ASSAULT", "denied") in kinds
    assert ("ACCUSE", "happened") in kinds
    assert any(status == "planned" for _, status in kinds)


def test_python_gives_the_same_events():
    import villani as library  # noqa: PLC0415 - beside the command it is compared with

    _, out, _ = villani("code", "-", "--date", "2024-02-14", text=SENTENCE)
    by_command = [decode_record(line) for line in out.splitlines()]
    by_library = library.code(SENTENCE, date="2024-02-14")
    assert [e.trigger for e in by_library] == [e.trigger for e in by_command]
    assert [e.time for e in by_library] == [e.time for e in by_command]
