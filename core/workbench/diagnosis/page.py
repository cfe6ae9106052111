"""Page: a diagnosis as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from math import log2

from core.workbench.diagnosis.bands import Judgement
from core.workbench.diagnosis.code_use import BookUse
from core.workbench.diagnosis.diagnosis import Diagnosis, Measures
from core.workbench.telugu.trial import ContrastResult, PairResult

_MOST_BOOKS = 16  # in the table; a codec with more is summed up
_LANGUAGES = {"te": "Telugu", "hi": "Hindi"}
_VERDICT = {
    "good": "Good: all that was judged is as it should be.",
    "fair": "Fair: usable, and short of what this bitrate allows.",
    "poor": "Poor: something that was judged is not as it should be.",
    "not judged": "Not judged: nothing could be measured.",
}


def to_html(diagnosis: Diagnosis, pictures: dict[str, bytes], sounds: dict[str, bytes]) -> str:
    """The page, with its pictures and sounds inside."""
    name = escape(diagnosis.patient.name)
    style = (resources.files("core.workbench.diagnosis") / "page.css").read_text(encoding="utf-8")
    body = "\n".join(
        (
            _head(diagnosis),
            _judgements(diagnosis.judgements),
            _sounds(sounds),
            _pictures(pictures),
            _pieces(diagnosis),
            _books(diagnosis.books, diagnosis.patient.codec.spec.frame_rate),
            _contrasts(diagnosis),
            _behaviour(diagnosis),
        )
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}: diagnosis</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _head(diagnosis: Diagnosis) -> str:
    spec = diagnosis.patient.codec.spec
    note = f"<p class='note'>{escape(diagnosis.patient.note)}</p>" if diagnosis.patient.note else ""
    facts = (
        f"{spec.format.sample_rate / 1000:g} kHz",
        f"{spec.frame_rate:g} frames a second",
        f"{spec.n_codebooks} codebook{'s' if spec.n_codebooks > 1 else ''}",
        f"{spec.bitrate() / 1000:g} kbit/s",
        diagnosis.band,
    )
    return (
        f"<header><h1>{escape(diagnosis.patient.name)}</h1>"
        f"<p class='facts'>{' · '.join(map(escape, facts))}</p>{note}"
        f"<p class='verdict {_kind(diagnosis.verdict)}'>{_VERDICT[diagnosis.verdict]}</p></header>"
    )


def _judgements(judgements: Sequence[Judgement]) -> str:
    rows = (
        f"<tr><td><span class='mark {_kind(each.level)}'>{each.level}</span></td>"
        f"<th scope='row'>{escape(each.what)}</th><td>{escape(each.reason)}</td></tr>"
        for each in judgements
    )
    return _section("What it means", f"<table class='judgements'>{''.join(rows)}</table>")


def _sounds(sounds: dict[str, bytes]) -> str:
    players = (
        f"<figure><figcaption>{escape(name)}</figcaption>"
        f"<audio controls preload='none' src='{_inside('audio/wav', sound)}'></audio></figure>"
        for name, sound in sounds.items()
    )
    return _section("Listen", f"<div class='pair'>{''.join(players)}</div>") if sounds else ""


def _pictures(pictures: dict[str, bytes]) -> str:
    captions = (
        ("spectrogram_original.png", "Original"),
        ("spectrogram_reconstructed.png", "Reconstructed"),
        ("spectrogram_difference.png", "Difference: blue is missing, red was added"),
    )
    figures = (
        f"<figure><figcaption>{caption}</figcaption>"
        f"<img alt='{caption}' src='{_inside('image/png', pictures[name])}'></figure>"
        for name, caption in captions
    )
    return _section("Spectrograms", "".join(figures), "Mel scale, low frequencies at the bottom.")


def _pieces(diagnosis: Diagnosis) -> str:
    heads = ("STOI", "ESTOI", "PESQ", "log-mel dB", "SI-SDR dB", "SNR dB", "segmental dB")
    more = ("LSD dB", "MR-STFT", "pitch cents", "voicing", "loudness dB", "clicks")
    rows = [_row(piece.name, _cells(piece)) for piece in diagnosis.pieces]
    table = _table(("", *heads, *more), rows)
    return _section("Measures", table, "Each piece of speech against its reconstruction.")


def _cells(piece: Measures) -> list[str]:
    heard = piece.heard
    return [
        *(_number(heard.stoi, 3), _number(heard.estoi, 3), _number(heard.pesq, 2), _number(heard.log_mel, 1)),
        *(_number(piece.si_sdr, 1), _number(piece.snr, 1), _number(piece.segmental_snr, 1)),
        *(_number(piece.log_spectral_distance, 1), _number(piece.multi_resolution, 2)),
        *(_number(heard.f0_cents, 0), f"{100 * heard.voicing_error:.0f} %"),
        *(f"{piece.loudness_drift:+.1f}", str(piece.added_clicks)),
    ]


def _books(books: Sequence[BookUse], frame_rate: float) -> str:
    heads = ("", "codes", "used", "dead", "perplexity", "", "bits", "bits a second", "given the one before")
    rows = []
    for number, book in enumerate(books[:_MOST_BOOKS], 1):
        full = book.perplexity / book.size
        cells = [
            *(f"{book.size:,}", f"{100 * book.used / book.size:.0f} %"),
            "–" if book.dead is None else f"{book.dead:,}",
            f"{book.perplexity:,.0f}",
            f"<span class='bar'><i style='width:{100 * full:.1f}%'></i></span>",
            *(f"{book.entropy_bits:.2f}", f"{book.entropy_bits_per_second:,.0f}"),
            f"{book.transition_bits:.2f}",
        ]
        rows.append(_row(str(number), cells))
    total, possible = sum(b.entropy_bits_per_second for b in books), frame_rate * sum(_bits(b) for b in books)
    words = f"Together they say {total / 1000:.2f} kbit/s of the {possible / 1000:.2f} that they could."
    if len(books) > _MOST_BOOKS:
        words += f" The first {_MOST_BOOKS} of {len(books)} are shown."
    return _section("Codebooks", _table(heads, rows), words)


def _bits(book: BookUse) -> float:
    return log2(book.size)


def _contrasts(diagnosis: Diagnosis) -> str:
    if not diagnosis.contrasts:
        return _section("Sounds that must stay apart", f"<p>{escape(diagnosis.without_pairs)}</p>")
    tables = "".join(_contrast(each) for each in diagnosis.contrasts)
    return _section(
        "Sounds that must stay apart",
        tables,
        "Pairs of words with one sound between them, said by several voices. The figures are answers right "
        "in an ABX test that compares voices with each other: 50 % is a coin. Where the original itself is "
        "not told apart, the codec is not blamed.",
    )


def _contrast(result: ContrastResult) -> str:
    language = _LANGUAGES.get(result.language, result.language)
    timed = result.kind == "length"
    heads: tuple[str, ...] = ("", "original", "behind the codec", "against the original")
    heads += ("longer by", "behind the codec", "") if timed else ("",)
    rows = [_row(" / ".join(pair.words), _pair_cells(pair, timed)) for pair in result.pairs]
    level = {True: "good", False: "poor", None: "not judged"}[result.passes]
    title = f"<h3>{language}: {escape(result.name)} <span class='mark {_kind(level)}'>{level}</span></h3>"
    return title + _table(heads, rows)


def _pair_cells(pair: PairResult, timed: bool) -> Iterable[str]:
    yield from (f"{100 * share:.0f} %" for share in (pair.original, pair.through, pair.against_original))
    if timed:
        yield f"× {_number(pair.ratio_original, 2)}"
        yield f"× {_number(pair.ratio_through, 2)}"
    if not pair.separated:
        yield "<span class='mark none'>not apart in the original</span>"
    else:
        yield f"<span class='mark {'good' if pair.kept else 'poor'}'>{'kept' if pair.kept else 'lost'}</span>"


def _behaviour(diagnosis: Diagnosis) -> str:
    found, timing = diagnosis.behaviour, diagnosis.timing
    streams = "takes whole files"
    if found.pieces_difference is not None:
        streams = f"differs by {found.pieces_difference:.1g} from all at once"
    rows = (
        ("silence in", f"{found.silence_db:.0f} dBFS out"),
        ("a click", f"{100 * found.click_spread:.0f} % of its energy smeared by more than 0.1 s"),
        ("half a second after it", f"{found.click_left_db:.0f} dBFS left"),
        ("frame by frame", streams),
        ("delay by design", _ms(found.algorithmic_ms, "the whole file")),
        ("delay of the waveform", _ms(found.measured_delay_ms, "not like its original anywhere")),
        ("computing a frame, here", f"{timing.frame_ms:.2f} ms, the slowest {timing.frame_p95_ms:.2f} ms"),
        ("real-time factor, here", f"{timing.real_time_factor:.3f}"),
    )
    cells = "".join(f"<tr><th scope='row'>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in rows)
    return _section("Behaviour", f"<table class='facts-table'>{cells}</table>")


def _ms(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else f"{value:.1f} ms"


def _section(title: str, content: str, words: str = "") -> str:
    lead = f"<p class='lead'>{escape(words)}</p>" if words else ""
    return f"<section><h2>{escape(title)}</h2>{lead}{content}</section>"


def _table(heads: Sequence[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th scope='col'>{escape(each)}</th>" for each in heads)
    return (
        f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(name: str, cells: Iterable[str]) -> str:
    return f"<tr><th scope='row'>{escape(name)}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _kind(level: str) -> str:
    return "none" if level == "not judged" else level


def _inside(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
