"""The loss/junk curves as a picture: an SVG that needs no library and reads in light and dark."""

WIDTH, HEIGHT = 640, 440
LEFT, TOP, RIGHT, BOTTOM = 62, 24, 20, 56
MOST_LOSS, MOST_JUNK = 10.0, 10.0
COLOURS = {"default": "#1f6feb", "fast": "#d1701c"}


def loss_junk(curves, path):
    """Draws, for each model, junk (% of the kept words) over loss (% of the story's words removed).

    `curves`: model -> (points, marks); a point is (loss, junk), shares; a mark is (name, loss, junk), a balance.
    """
    x = lambda loss: LEFT + min(100 * loss, MOST_LOSS) / MOST_LOSS * (WIDTH - LEFT - RIGHT)
    y = lambda junk: HEIGHT - BOTTOM - min(100 * junk, MOST_JUNK) / MOST_JUNK * (HEIGHT - TOP - BOTTOM)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Junk against loss, for both models">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for tick in range(int(MOST_LOSS) + 1):
        at = x(tick / 100)
        out.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e4e7eb"/>')
        out.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#3c4650">{tick}</text>')
    for tick in range(int(MOST_JUNK) + 1):
        at = y(tick / 100)
        out.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#e4e7eb"/>')
        out.append(f'<text x="{LEFT - 10}" y="{at + 4:.1f}" text-anchor="end" fill="#3c4650">{tick}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle" fill="#1f2933">loss: % of the story\'s words removed</text>')
    out.append(f'<text transform="translate(18 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle" fill="#1f2933">junk: % of the kept words</text>')
    for number, (kind, (points, marks)) in enumerate(curves.items()):
        colour = COLOURS[kind]
        inside = [(loss, junk) for loss, junk in points if 100 * loss <= MOST_LOSS and 100 * junk <= MOST_JUNK]
        line = " ".join(f"{x(loss):.1f},{y(junk):.1f}" for loss, junk in inside)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for name, loss, junk in marks:
            if 100 * loss <= MOST_LOSS and 100 * junk <= MOST_JUNK:
                out.append(f'<circle cx="{x(loss):.1f}" cy="{y(junk):.1f}" r="4" fill="{colour}"/>')
                # Beside the curves: the better one's names below them, the other's above, and none over the axis.
                dx, dy, anchor = (-8, 14, "end") if kind == "default" else (8, -6, "start")
                if 100 * loss < 1.5:
                    dx, dy, anchor = (22, -24, "start") if kind == "default" else (9, 4, "start")
                out.append(f'<text x="{x(loss) + dx:.1f}" y="{y(junk) + dy:.1f}" text-anchor="{anchor}" fill="{colour}">{name}</text>')
        out.append(f'<text x="{WIDTH - RIGHT - 8}" y="{TOP + 18 + 18 * number}" text-anchor="end" font-weight="bold" fill="{colour}">{kind}</text>')
    out.append("</svg>")
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
