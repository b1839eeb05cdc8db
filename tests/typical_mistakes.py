"""Second and third mistakes that learners make, by hand, beside those of `tests/answers`.

Question id to pairs of an answer and what must be said of it, as there.
"""

from __future__ import annotations

from typing import Any

from tests.checks.cells import in_notebook


def cell(source: str) -> Any:
    """The function `f` of a learner's cell."""
    return in_notebook(source)["f"]


WRONG: dict[str, list[tuple[Any, str]]] = {
    "slope.4": [
        (cell("def f(p, q):\n    return (q[1] - p[1]) // (q[0] - p[0])"), "floor-division"),
        (cell("def f(p, q):\n    print((q[1] - p[1]) / (q[0] - p[0]))"), "print-for-return"),
        (cell("def f(p, q):\n    return round((q[1] - p[1]) / (q[0] - p[0]))"), "rounded-early"),
        (cell("def f(p, q):\n    return q[1] - p[1] / (q[0] - p[0])"), "brackets-missing"),
        (cell("def f(p, q):\n    return (q[1] + p[1]) / (q[0] + p[0])"), "wrong"),
        (cell("def f(p, q):\n    return (q[1] - p[1]) * (q[0] - p[0])"), "times-for-divided"),
        (cell("def f(p, q):\n    return (4 - 1) / (q[0] - p[0])"), "wrong"),
    ],
    "rate_of_change.3": [
        (cell("def f(f, x, h):\n    return (f(x + h) - f(x)) // h"), "floor-division"),
        (cell("def f(f, x, h):\n    return ((x + h)**2 - x**2) / h"), "example-for-given"),
        (cell("def f(f, x, h):\n    return f(x + h) - f(x)"), "difference-not-divided"),
        (cell("def f(f, x, h):\n    return (f(x) - f(x + h)) / h"), "sign-error"),
        (cell("def f(f, x, h):\n    return f(x + h) - f(x) / h"), "brackets-missing"),
        (cell("def f(f, x, h):\n    print((f(x + h) - f(x)) / h)"), "print-for-return"),
        (cell("def f(f, x, h):\n    return abs(f(x + h) - f(x)) / h"), "sign-dropped"),
        (cell("def f(f, x, h):\n    return (f(x + h) - f(x)) * h"), "times-for-divided"),
        (cell("def f(f, h, x):\n    return (f(x + h) - f(x)) / h"), "inputs-swapped"),
    ],
    "rate_of_change.5": [
        (
            cell("def f(w, h):\n    e = lambda w: (w - 3)^2\n    return (e(w + h) - e(w)) / h"),
            "caret-for-power",
        ),
    ],
    "limits.5": [
        (
            cell(
                "def f(f, x, h):\n    a = (f(x + h) - f(x)) / h\n    b = (f(x) - f(x - h)) / h\n"
                "    return abs(a - b)"
            ),
            "slope-sign-lost",
        ),
        (
            cell(
                "def f(f, x, h):\n    a = (f(x + h) - f(x)) / h\n    b = (f(x) - f(x - h)) / h\n"
                "    return b - a"
            ),
            "change-turned-around",
        ),
        (
            cell(
                "def f(f, x, h):\n    a = f(x + h) - f(x)\n    b = f(x) - f(x - h)\n"
                "    return a - b"
            ),
            "difference-not-divided",
        ),
        (
            cell(
                "def f(f, x, h):\n    a = (f(x + h) - f(x)) / h\n    b = (f(x) - f(x - h)) / h\n"
                "    return a + b"
            ),
            "sign-error",
        ),
    ],
    "limits.6": [
        (
            cell("def f(f, x):\n    h = 1e-6\n    return ((x + h)**2 - x**2) / h"),
            "example-for-given",
        ),
        (cell("def f(f, x):\n    h = 1e-6\n    return f(x + h) - f(x)"), "step-too-small"),
    ],
    "derivative.6": [
        (
            cell("def f(f):\n    return lambda x: ((x + 1e-6)**2 - x**2) / 1e-6"),
            "point-for-function",
        ),
        (
            cell("def f(f):\n    return lambda x: (f(x + 1e-6) - f(x - 1e-6)) / 1e-6"),
            "central-divided-by-h",
        ),
        (cell("def f(f):\n    return lambda x: f(x + 1e-6) - f(x) / 1e-6"), "brackets-missing"),
    ],
    "derivative.7": [
        (
            cell(
                "def f(f, x0, x):\n    h = 1e-6\n    s = (f(x0 + h) - f(x0)) / h\n"
                "    return f(x0) + s * (x0 - x)"
            ),
            "sign-error",
        ),
        (
            cell(
                "def f(f, x0, x):\n    h = 1e-6\n    s = (f(x0 + h) - f(x0)) / h\n"
                "    return s * (x - x0)"
            ),
            "slope-for-value",
        ),
        (
            cell(
                "def f(f, x0, x):\n    h = 1e-6\n    s = (f(x + h) - f(x)) / h\n"
                "    return f(x0) + s * (x - x0)"
            ),
            "wrong",
        ),
    ],
    "derivative.predict_function": [
        ("x^3/3", "derivative-turned-around"),
        ("2", "point-for-function"),
        ("2*x + x**2", "wrong"),
        ("x/2", "times-for-divided"),
    ],
    "power_rule.4": [
        (cell("def f(c, n, x):\n    return c * n * x ^ (n - 1)"), "caret-for-power"),
        (cell("def f(c, n, x):\n    return c * n * x ** n - 1"), "brackets-missing"),
        (cell("def f(c, n, x):\n    return c * x ** (n - 1)"), "exponent-not-in-front"),
        (cell("def f(c, n, x):\n    return c * (n - 1) * x ** (n - 1)"), "wrong"),
        (cell("def f(c, n, x):\n    return 5 * 2 * 3 ** (2 - 1)"), "input-not-used"),
        (cell("def f(c, n, x):\n    return c * x ** (n + 1) / (n + 1)"), "error"),
        (cell("def f(c, n, x):\n    return n * x ** (n - 1)"), "factor-dropped"),
    ],
    "power_rule.8": [
        (
            cell(
                "def f(coefficients, x):\n    total = 0\n    for n, c in enumerate(coefficients):\n"
                "        if n > 0:\n            total += n * c * x ** (n - 1)\n"
                "        return total"
            ),
            "return-inside-the-loop",
        ),
        (
            cell(
                "def f(coefficients, x):\n    total = 0\n"
                "    for n in range(1, len(coefficients) - 1):"
                "\n        total += n * coefficients[n] * x ** (n - 1)\n    return total"
            ),
            "one-round-off",
        ),
        (
            cell(
                "def f(coefficients, x):\n    total = 0\n    for n in range(1, len(coefficients)):"
                "\n        total = n * coefficients[n] * x ** (n - 1)\n    return total"
            ),
            "wrong",
        ),
        (
            cell("def f(coefficients, x):\n    return -2 + 2 * 5 * x + 3 * 1 * x**2"),
            "point-for-function",
        ),
    ],
    "special_functions.8": [
        (cell("import math\ndef f(p):\n    return math.log(max(p, 1e-12))"), "sign-error"),
        (
            cell("import math\ndef f(p):\n    return -math.log10(max(p, 1e-12))"),
            "common-log-for-ln",
        ),
        (
            cell("import math\ndef f(p):\n    return -math.log(min(p, 1e-12))"),
            "ln-of-no-positive-number",
        ),
        (
            cell("import math\ndef f(p):\n    return -math.log(p + 1e-12)"),
            "ln-of-no-positive-number",
        ),
    ],
    "special_functions.6": [
        (
            cell("import math\ndef f(x):\n    s = 1 / (1 + math.exp(-x))\n    return s * (1 + s)"),
            "one-sign-turned",
        ),
        (
            cell("import math\ndef f(x):\n    s = 1 / (1 + math.exp(-x))\n    return s - s**2 / 2"),
            "wrong",
        ),
        (
            cell("import math\ndef f(x):\n    s = 1 / (1 + math.exp(x))\n    return s"),
            "half-of-the-sigmoid-rule",
        ),
    ],
    "chain_rule.6": [
        (cell("def f(f, df, g, dg):\n    return (df * g - f * dg) / g^2"), "caret-for-power"),
        (cell("def f(f, df, g, dg):\n    return df * g + f * dg"), "quotient-plus"),
        (cell("def f(f, df, g, dg):\n    return (df * g - f * dg) // g**2"), "floor-division"),
        (cell("def f(f, df, g, dg):\n    return (df * g - f * dg) / f**2"), "wrong"),
        (cell("def f(f, df, g, dg):\n    return (df - dg) / g**2"), "input-not-used"),
        (cell("def f(f, df, g, dg):\n    return df * g - f * dg / g**2"), "brackets-missing"),
    ],
    "chain_rule.7": [
        (
            cell(
                "import math\ndef f(w, x, y):\n    s = 1 / (1 + math.exp(-w * x))\n"
                "    return 2 * (s - y) * s * (1 - s)"
            ),
            "forgotten-inner-derivative",
        ),
        (
            cell(
                "import math\ndef f(w, x, y):\n    s = 1 / (1 + math.exp(-w * x))\n"
                "    return 2 * (s - y) * x"
            ),
            "activation-slope-forgotten",
        ),
        (
            cell(
                "import math\ndef f(w, x, y):\n    s = 1 / (1 + math.exp(-w * x))\n"
                "    return (s - y) * s * (1 - s) * x"
            ),
            "factor-of-two",
        ),
        (
            cell(
                "import math\ndef f(w, x, y):\n    s = 1 / (1 + math.exp(w * x))\n"
                "    return 2 * (s - y) * s * (1 - s) * x"
            ),
            "wrong",
        ),
    ],
    "minima_and_maxima.7": [
        (
            cell(
                "def f(f, x, alpha, steps):\n    for _ in range(steps - 1):\n"
                "        s = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\n        x = x - alpha * s\n"
                "    return x"
            ),
            "one-step-too-many",
        ),
        (
            cell(
                "def f(f, x, alpha, steps):\n    for _ in range(steps):\n"
                "        s = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\n        x = x - alpha * s\n"
                "        return x"
            ),
            "one-step-too-many",
        ),
        (
            cell(
                "def f(f, x, alpha, steps):\n    for _ in range(steps):\n"
                "        s = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\n        x = x + alpha * s\n"
                "    return x"
            ),
            "ascent-for-descent",
        ),
        (
            cell(
                "def f(f, x, alpha, steps):\n    for _ in range(5):\n"
                "        s = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\n        x = x - alpha * s\n"
                "    return x"
            ),
            "input-not-used",
        ),
    ],
    "gradient.7": [
        (
            cell("import numpy as np\ndef f(g, d):\n    return sum(g * d) / (d @ d)"),
            "direction-not-normalised",
        ),
        (cell("import numpy as np\ndef f(g, d):\n    return g @ d / sum(d)"), "wrong"),
        (
            cell("import numpy as np\ndef f(g, d):\n    return abs(g @ d) / np.linalg.norm(d)"),
            "sign-dropped",
        ),
        (
            cell("import numpy as np\ndef f(g, d):\n    return (g @ d) * np.linalg.norm(d)"),
            "times-for-divided",
        ),
    ],
    "gradient_descent.6": [
        (
            cell(
                "def f(gradient, w, eta, steps):\n    for _ in range(steps):\n"
                "        w = w - eta * gradient(w)\n        return w"
            ),
            "stopped-too-soon",
        ),
        (
            cell(
                "def f(gradient, w, eta, steps):\n    for _ in range(steps + 1):\n"
                "        w = w - eta * gradient(w)\n    return w"
            ),
            "one-step-too-many",
        ),
        (
            cell(
                "def f(gradient, w, eta, steps):\n    for _ in range(steps):\n"
                "        w = w - 0.1 * gradient(w)\n    return w"
            ),
            "example-number",
        ),
        (
            cell(
                "def f(gradient, w, eta, steps):\n    for _ in range(steps):\n"
                "        w = w - gradient(w) / eta\n    return w"
            ),
            "times-for-divided",
        ),
    ],
    "learning_rate.3": [
        (cell("def f(w0, a, eta, n):\n    return w0 * (1 - 2 * a * eta) ^ n"), "caret-for-power"),
        (
            cell("def f(w0, a, eta, n):\n    return w0 * (1 + 2 * a * eta) ** n"),
            "ascent-for-descent",
        ),
        (cell("def f(w0, a, eta, n):\n    return w0 * (1 - a * eta) ** n"), "forgotten-two"),
        (cell("def f(w0, a, eta, n):\n    return w0 * abs(1 - 2 * a * eta) ** n"), "sign-error"),
        (cell("def f(w0, a, eta, n):\n    return w0 * (1 - 2 * a * eta) * n"), "wrong"),
    ],
    "learning_rate.6": [
        (
            cell(
                "def f(gradient, w, eta, beta, steps):\n    v = 0\n    for _ in range(steps):\n"
                "        v = v + gradient(w)\n        w = w - eta * v\n    return w"
            ),
            "velocity-never-fades",
        ),
        (
            cell(
                "def f(gradient, w, eta, beta, steps):\n    v = 0\n    for _ in range(steps):\n"
                "        v = beta * v - gradient(w)\n        w = w - eta * v\n    return w"
            ),
            "ascent-for-descent",
        ),
        (
            cell(
                "def f(gradient, w, eta, beta, steps):\n    v = 0\n    for _ in range(steps):\n"
                "        v = 0.9 * v + gradient(w)\n        w = w - eta * v\n    return w"
            ),
            "example-number",
        ),
        (
            cell(
                "def f(gradient, w, eta, beta, steps):\n    v = 0\n    for _ in range(steps):\n"
                "        v = beta * v + gradient(w)\n        w = w - eta * v\n        return w"
            ),
            "return-inside-the-loop",
        ),
    ],
}
