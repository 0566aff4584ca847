"""Vectors and rotations in space, in plain floats: x forward, y to the left, z up."""

from math import asin, atan2, cos, degrees, hypot, radians, sin

Vector = tuple[float, float, float]
Rotation = tuple[Vector, Vector, Vector]
"""Three rows of a rotation matrix."""
LEVEL: Rotation = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def about_x(angle_deg: float) -> Rotation:
    """Return the rotation about x; positive takes up to the right."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def about_y(angle_deg: float) -> Rotation:
    """Return the rotation about y; positive takes up to the front."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def about_z(angle_deg: float) -> Rotation:
    """Return the rotation about z; positive takes the front to the left."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))


def turned(rotation: Rotation, vector: Vector) -> Vector:
    """Return a vector after a rotation."""
    x, y, z = vector
    (a, b, c), (d, e, f), (g, h, i) = rotation
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)


def chained(*rotations: Rotation) -> Rotation:
    """Return the rotation that does the last one first, as joints do from the trunk outwards."""
    out = rotations[0]
    for one in rotations[1:]:
        (a, b, c), (d, e, f), (g, h, i) = out
        (j, k, x), (m, n, o), (p, q, r) = one
        out = (
            (a * j + b * m + c * p, a * k + b * n + c * q, a * x + b * o + c * r),
            (d * j + e * m + f * p, d * k + e * n + f * q, d * x + e * o + f * r),
            (g * j + h * m + i * p, g * k + h * n + i * q, g * x + h * o + i * r),
        )
    return out


def back(rotation: Rotation) -> Rotation:
    """Return the rotation that undoes one."""
    (a, b, c), (d, e, f), (g, h, i) = rotation
    return ((a, d, g), (b, e, h), (c, f, i))


def plus(a: Vector, b: Vector) -> Vector:
    """Return the sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vector, b: Vector) -> Vector:
    """Return what leads from ``b`` to ``a``."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(vector: Vector, by: float) -> Vector:
    """Return a vector of another length."""
    return (vector[0] * by, vector[1] * by, vector[2] * by)


def length(vector: Vector) -> float:
    """Return how long a vector is."""
    return hypot(*vector)


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def shortest(start: Vector, end: Vector) -> Rotation:
    """Return the smallest rotation that takes one direction to another.

    >>> turned(shortest((1.0, 0.0, 0.0), (0.0, 0.0, 2.0)), (1.0, 0.0, 0.0))
    (0.0, 0.0, 1.0)
    """
    a, b = scaled(start, 1.0 / length(start)), scaled(end, 1.0 / length(end))
    cosine = dot(a, b)
    if cosine < -0.999999:  # opposite: any half turn about an axis across it
        across = (0.0, 1.0, 0.0) if abs(a[1]) < 0.9 else (1.0, 0.0, 0.0)
        return shortest_through(a, b, across)
    x, y, z = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    k = 1.0 / (1.0 + cosine)
    return (
        (cosine + k * x * x, k * x * y - z, k * x * z + y),
        (k * x * y + z, cosine + k * y * y, k * y * z - x),
        (k * x * z - y, k * y * z + x, cosine + k * z * z),
    )


def shortest_through(start: Vector, end: Vector, middle: Vector) -> Rotation:
    """Return the rotation from one direction to another by way of a third."""
    return chained(shortest(middle, end), shortest(start, middle))


def ball_joint(flexion: float, abduction: float, rotation: float, sign: float) -> Rotation:
    """Return the rotation of a hip or shoulder: flexion about the body's axis, then abduction, then rotation outward.

    ``sign`` is 1 for the right side and -1 for the left. The order is that of Grood and Suntay (1983).
    """
    return chained(about_y(-flexion), about_x(-sign * abduction), about_z(-sign * rotation))


def ball_joint_angles(joint: Rotation, sign: float) -> tuple[float, float, float]:
    """Return flexion, abduction and rotation of a hip or shoulder: :func:`ball_joint` the other way round.

    >>> [round(one, 6) for one in ball_joint_angles(ball_joint(70.0, 20.0, -10.0, -1.0), -1.0)]
    [70.0, 20.0, -10.0]
    """
    lean = asin(max(-1.0, min(1.0, -joint[1][2])))
    flexion = atan2(-joint[0][2], joint[2][2])
    twist = atan2(joint[1][0], joint[1][1])
    return degrees(flexion), -sign * degrees(lean), -sign * degrees(twist)
