"""The mannequin: what a pose says is what the joints measure, and what must stay put stays put."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.figures.body import arm_marks, far_marks, middle_marks
from clinic_desktop.domain.figures.drawing import (
    Box,
    Curve,
    Drawing,
    Label,
    Path,
    Placing,
    Point,
    box_round,
    points_along,
)
from clinic_desktop.domain.figures.fitting import (
    LABEL_POINTS,
    Fit,
    fit,
    fit_together,
    label_box,
    leader,
)
from clinic_desktop.domain.figures.gait import shin_lean, trunk_lean
from clinic_desktop.domain.figures.gear import Ball
from clinic_desktop.domain.figures.marks import Muscle, Verdict
from clinic_desktop.domain.figures.outlines import (
    Circle,
    circle_hull,
    disc,
    hatching,
    polyline,
)
from clinic_desktop.domain.figures.palette import PALETTE, Token
from clinic_desktop.domain.figures.pose import (
    FOREARM,
    SHANK,
    THIGH,
    UPPER_ARM,
    Arm,
    Leg,
    Pose,
    View,
)
from clinic_desktop.domain.figures.scene import Props, Scene, draw
from clinic_desktop.domain.figures.seeing import Camera
from clinic_desktop.domain.figures.skeleton import posed, reach
from clinic_desktop.domain.figures.spots import Spot
from clinic_desktop.domain.figures.vectors import Vec
from clinic_desktop.domain.values import SIDES, Side
from tests.domain.joint_angles import arm_angles, leg_angles

OVERSTRIDE = Pose(
    pitch=-7,
    neck=6,
    right=Leg(24, 10, -1),
    left=Leg(-16, 70, -24),
    right_arm=Arm(-42, 80),
    left_arm=Arm(30, 88),
)
FOOT_NEAR_HIP = Pose(
    pitch=8,
    neck=-6,
    right=Leg(33, 28, 5),
    left=Leg(-12, 82, -18),
    right_arm=Arm(-42, 88),
    left_arm=Arm(24, 92),
)
CLAMSHELL = Pose(pitch=4, roll=90, right=Leg(60, 104, 8), left=Leg(60, 104, 8))


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


@given(
    st.floats(-95, 95),
    st.floats(-20, 110),
    st.floats(0, 130),
    st.floats(-45, 28),
    st.floats(-8, 40),
    st.floats(-60, 170),
    st.floats(0, 140),
)
def test_the_joints_measure_what_the_pose_says(
    pitch: float,
    hip: float,
    knee: float,
    ankle: float,
    abduction: float,
    shoulder: float,
    elbow: float,
) -> None:
    leg = Leg(hip, knee, ankle, abduction=abduction)
    arm = Arm(shoulder, elbow, abduction=abduction)
    body = posed(Pose(pitch=pitch, lumbar=20, right=leg, left=leg, right_arm=arm, left_arm=arm))
    for side in SIDES:
        found = leg_angles(body, side)
        assert found.hip == near(hip)
        assert found.knee == pytest.approx(knee, abs=1e-4)
        assert found.ankle == pytest.approx(ankle, abs=1e-4)
        assert found.abduction == near(abduction)
        raised = arm_angles(body, side)
        assert raised.shoulder == near(shoulder)
        assert raised.elbow == pytest.approx(elbow, abs=1e-4)


def test_bones_keep_their_length_in_every_pose() -> None:
    for pose in (OVERSTRIDE, FOOT_NEAR_HIP, CLAMSHELL, Pose(right=Leg(ankle_at=(0.1, 0.041)))):
        body = posed(pose)
        for side in SIDES:
            leg, arm = body.legs[side], body.arms[side]
            assert leg.middle.minus(leg.root).length == near(THIGH)
            assert leg.end.minus(leg.middle).length == near(SHANK)
            assert arm.middle.minus(arm.root).length == near(UPPER_ARM)
            assert arm.end.minus(arm.middle).length == near(FOREARM)


def test_the_gait_pair_measures_what_the_exam_charts() -> None:
    """Ankle ahead of knee, trunk back; beside it the foot near the hip and a slight lean."""
    wrong, right = posed(OVERSTRIDE), posed(FOOT_NEAR_HIP)
    assert trunk_lean(wrong) == pytest.approx(-7, abs=0.5)
    assert trunk_lean(right) == pytest.approx(8, abs=0.5)
    assert shin_lean(wrong, Side.RIGHT) == near(21)
    assert shin_lean(right, Side.RIGHT) == near(-3)
    for body, ahead in ((wrong, 0.21), (right, 0.09)):
        leg = body.legs[Side.RIGHT]
        assert leg.end.x - leg.root.x == pytest.approx(ahead, abs=0.01)


@pytest.mark.parametrize(
    "pose", [OVERSTRIDE, FOOT_NEAR_HIP, Pose(), Pose(pitch=-90), Pose(pitch=88)]
)
def test_a_figure_stands_or_lies_on_the_ground(pose: Pose) -> None:
    marks = whole_figure(pose)
    lowest = min(mark.bounds.bottom for mark in marks if mark.fill and not mark.stroke)
    assert lowest == pytest.approx(0, abs=0.016)


def test_a_figure_in_flight_is_above_the_ground() -> None:
    ground, air = posed(FOOT_NEAR_HIP), posed(Pose(right=Leg(33, 28, 5), lift=0.05))
    assert min(at.y for at in air.joints().values()) > min(at.y for at in ground.joints().values())


@given(st.floats(-0.15, 0.3), st.floats(-0.05, 0.05), st.floats(0.40, 0.52))
def test_a_foot_that_must_stay_put_stays_put(x: float, out: float, height: float) -> None:
    leg = Leg(ankle_at=(x, 0.041), ankle_out=0.05 + out, sole=0)
    body = posed(Pose(pitch=10, hip_height=height, right=leg))
    found = body.legs[Side.RIGHT]
    if math.hypot(x, height - 0.041, out) < THIGH + SHANK - 0.001:
        assert found.end.minus(Vec(x, 0.041, 0.05 + out)).length == near(0)
    assert found.last.y.y == near(1)
    assert found.middle.x >= min(found.root.x, found.end.x) - 1e-6
    assert leg_angles(body, Side.RIGHT).knee >= 0


def test_a_hand_that_must_stay_put_stays_put_and_points_where_it_is_told() -> None:
    arm = Arm(hand_at=(0.22, 0.62), hand_slope=90)
    found = posed(Pose(hip_height=0.53, right_arm=arm)).arms[Side.RIGHT]
    assert (found.end.x, found.end.y) == (near(0.22), near(0.62))
    assert found.tip.minus(found.end).unit.y == near(1)


def test_what_lies_out_of_reach_is_met_as_nearly_as_the_bones_allow() -> None:
    middle, end = reach(Vec(0, 0), Vec(3, 0), 0.2, 0.1, Vec(0, 1))
    assert end.x == pytest.approx(0.3, abs=1e-3)
    assert middle.length == near(0.2)
    _, near_end = reach(Vec(0, 0), Vec(0, 0), 0.2, 0.1, Vec(0, 1))
    assert near_end.length == pytest.approx(0.1, abs=1e-3)


def test_a_clamshell_opens_about_the_feet_and_the_pelvis_does_not_move() -> None:
    opened = Pose(pitch=4, roll=90, right=Leg(60, 104, 8, swing=60), left=Leg(60, 104, 8))
    before, after = posed(CLAMSHELL), posed(opened)
    assert after.pelvis == before.pelvis
    for name in ("hips", "right_hip", "right_ankle", "left_knee"):
        assert after.joints()[name].minus(before.joints()[name]).length == near(0)
    assert after.joints()["right_knee"].y > before.joints()["right_knee"].y + 0.05


def whole_figure(pose: Pose, view: View | None = None) -> list[Path]:
    camera, body = Camera(view or View()), posed(pose)
    marks = [
        *far_marks(camera, body, pose),
        *middle_marks(camera, body),
        *arm_marks(camera, body, Side.RIGHT, pose.right_arm.grip),
    ]
    return [mark for mark in marks if isinstance(mark, Path)]


@pytest.mark.parametrize("view", [View(), View(-90), View(90), View(-90, 30), View(-45, 10)])
@pytest.mark.parametrize("pose", [OVERSTRIDE, CLAMSHELL, Pose()])
def test_no_part_of_the_body_is_ever_empty(pose: Pose, view: View) -> None:
    """Each hull has an area, also where a limb points at the viewer."""
    for mark in whole_figure(pose, view):
        for run in mark.runs:
            points = list(points_along(run))
            assert all(math.isfinite(x) and math.isfinite(y) for x, y in points)
            if mark.fill:
                assert area(points) > 1e-5


def area(points: list[Point]) -> float:
    closed = itertools.pairwise([*points, points[0]])
    return abs(sum(a.x * b.y - b.x * a.y for a, b in closed)) / 2


circles = st.builds(Circle, st.floats(-1, 1), st.floats(-1, 1), st.floats(0.01, 0.5))


@given(st.lists(circles, min_size=1, max_size=5))
def test_a_hull_holds_its_discs_and_is_no_larger_than_it_must_be(discs: list[Circle]) -> None:
    points = list(points_along(circle_hull(discs), 16))
    for step in range(24):
        angle = step * math.pi / 12
        reached = max(x * math.cos(angle) + y * math.sin(angle) for x, y in points)
        needed = max(one.reach(angle) for one in discs)
        assert reached <= needed + 1e-3
        assert reached >= needed - 1e-2


def test_hatching_stays_inside_its_shape() -> None:
    shape = disc(0.2, 0.1, 0.05)
    lines = hatching(shape, 0.0125)
    assert len(lines) >= 5
    for line in lines:
        for x, y in points_along(line):
            assert math.hypot(x - 0.2, y - 0.1) <= 0.0501


def test_a_drawings_box_is_exact() -> None:
    ring = Path((disc(1, 2, 0.5),), stroke=Token.LINE, weight=0.2)
    dot = Path((polyline((Point(4, 4), Point(5, 4)), closed=True),), fill=Token.LINE)
    assert Drawing((ring, dot)).bounds == pytest.approx(Box(0.4, 1.4, 5, 4), abs=1e-3)


BALLS = Scene(
    "balls",
    "",
    "start",
    FOOT_NEAR_HIP,
    over=Props(ball=(Ball(Spot(0.4, 0.1), 0.05),)),
    muscles=(Muscle("thigh"),),
    nerve=True,
)


def test_the_left_leg_is_the_mirror_image_of_the_right() -> None:
    right, left = draw(BALLS, {}), draw(BALLS, {}, Side.LEFT)
    assert left.bounds == pytest.approx(right.bounds.mirrored())
    for one, other in zip(right.marks, left.marks, strict=True):
        assert isinstance(one, Path)
        assert isinstance(other, Path)
        assert (one.fill, one.stroke, one.weight) == (other.fill, other.stroke, other.weight)
        for run, image in zip(one.runs, other.runs, strict=True):
            for a, b in zip(points_along(run), points_along(image), strict=True):
                assert (a.x, a.y) == pytest.approx((-b.x, b.y))
    assert left.mirrored() == right


def test_the_same_data_gives_the_same_list() -> None:
    assert draw(BALLS, {}) == draw(BALLS, {})


def test_words_stay_readable_in_the_mirror() -> None:
    label = Label("nerve", Placing(Point(0.2, 0.5)), names=Point(0.1, 0.4))
    image = label.mirrored()
    assert (image.text, image.placing) == ("nerve", Placing(Point(-0.2, 0.5), 1.0))
    assert image.names == Point(-0.1, 0.4)


@pytest.mark.parametrize("good", [True, False])
def test_a_tick_stays_a_tick_in_the_mirror(good: bool) -> None:
    """Flipped it would be no sign that anyone knows; it only changes sides."""
    scene = Scene("tick", "", "start", Pose(), verdict=Verdict(good, Spot(0.3, 0.8)))
    right, left = draw(scene, {}).marks[-2:], draw(scene, {}, Side.LEFT).marks[-2:]
    for one, other in zip(right, left, strict=True):
        assert isinstance(one, Path)
        assert isinstance(other, Path)
        moved = [run.moved(-0.6) for run in one.runs]
        for run, image in zip(moved, other.runs, strict=True):
            for a, b in zip(points_along(run), points_along(image), strict=True):
                assert (a.x, a.y) == pytest.approx((b.x, b.y))


def test_words_move_beside_the_figure_where_that_makes_it_larger() -> None:
    below, aside = Placing(Point(0.5, 0), 0.5, 1.0), Placing(Point(1.1, 0.5))
    drawing = Drawing((WIDE, Label("works here", below, beside=aside)))
    wide = fit(drawing, 300, 60, lambda _: 50.0)
    narrow = fit(drawing, 80, 200, lambda _: 50.0)
    assert wide.labels(drawing)[0].placing == aside
    assert narrow.labels(drawing)[0].placing == below
    assert wide.scale > 59


def test_where_words_would_leave_no_figure_the_figure_stays() -> None:
    label = Label("a long word", Placing(Point(1.1, 0.5)))
    drawing = Drawing((WIDE, label))
    assert fit(drawing, 60, 60, lambda _: 55.0).labels(drawing) == ()
    assert fit(drawing, 60, 60, lambda _: 55.0).scale > 55
    assert fit(drawing, 160, 60, lambda _: 55.0).labels(drawing) == (label,)


def grey_of(token: Token) -> int:
    """How light a colour is in grey (luma, ITU-R BT.709), in whole hundredths."""
    red, green, blue = bytes.fromhex(PALETTE[token][1:])
    return round((0.2126 * red + 0.7152 * green + 0.0722 * blue) / 2.55)


def test_every_use_has_a_colour_and_grey_keeps_near_and_far_apart() -> None:
    assert set(PALETTE) == set(Token)
    for near_one, far_one in (
        (Token.LINE, Token.FAR_LINE),
        (Token.SHIRT, Token.FAR_SHIRT),
        (Token.SHORTS, Token.FAR_SHORTS),
        (Token.SKIN, Token.FAR_SKIN),
    ):
        assert grey_of(far_one) - grey_of(near_one) >= 8


WIDE = Path((polyline((Point(0, 0), Point(1, 0), Point(1, 1)), closed=True),), fill=Token.PROP)


@given(st.floats(60, 600), st.floats(60, 600), st.floats(-0.5, 1.5), st.sampled_from([0, 0.5, 1]))
def test_words_and_lines_lie_inside_whatever_the_size(
    width: float, height: float, x: float, align: float
) -> None:
    label = Label("works here", Placing(Point(x, 0.5), align))
    drawing = Drawing((WIDE, label))
    placed = fit(drawing, width, height, lambda _: 50.0)
    box = WIDE.bounds
    for shown in placed.labels(drawing):
        box = box.joined(label_box(shown, 50.0, placed.scale, LABEL_POINTS))
    for corner in (Point(box.left, box.bottom), Point(box.right, box.top)):
        across, up = placed.point(corner)
        assert -0.5 <= across <= width + 0.5
        assert -0.5 <= up <= height + 0.5


def test_start_and_end_show_one_figure_on_one_floor() -> None:
    tall = Path((polyline((Point(0, 0), Point(0.3, 0), Point(0.3, 1)), closed=True),), Token.PROP)
    label = Label("works here", Placing(Point(0.5, 0), level=1.0))
    one, other = fit_together((Drawing((WIDE, label)), Drawing((tall,))), 100, 80, lambda _: 50.0)
    assert (one.scale, one.bottom) == (other.scale, other.bottom)
    assert one.bottom >= LABEL_POINTS
    assert one.left == other.left
    alone = fit(Drawing((tall,)), 100, 80, lambda _: 50.0)
    assert alone.scale > other.scale


def test_an_outline_keeps_its_least_weight_when_a_drawing_is_small() -> None:
    outline = Path(WIDE.runs, stroke=Token.LINE)
    small = fit(Drawing((outline,)), 60, 60, lambda _: 0.0)
    assert small.weight(outline) == pytest.approx(0.7)
    large = fit(Drawing((outline,)), 600, 600, lambda _: 0.0)
    assert large.weight(outline) > 4


def test_a_leader_starts_outside_its_words_and_ends_at_what_they_name() -> None:
    placed = Fit(100, 0, 0, 1)
    for goal in (Point(0.5, 0.1), Point(2, 0.5), Point(-1, 0.5), Point(0.5, 1)):
        label = Label("nerve", Placing(Point(0.5, 0.5), 0.5), names=goal)
        line = leader(label, 30.0, placed)[2].runs[0]
        words = label_box(label, 30.0, placed.scale, LABEL_POINTS)
        assert line.steps[-1].end == goal
        inside = words.left < line.start.x < words.right and words.bottom < line.start.y < words.top
        assert not inside
    assert leader(Label("nerve", Placing(Point(0, 0))), 30.0, placed) == ()


def test_a_joint_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="right_wing"):
        Spot(joint="right_wing").on(Camera(View()), posed(Pose()))


def test_boxes_of_curves_reach_as_far_as_the_curve_not_its_control_points() -> None:
    circle = disc(0, 0, 1)
    assert any(isinstance(step, Curve) for step in circle.steps)
    assert box_round(points_along(circle, 64)) == pytest.approx(Box(-1, -1, 1, 1), abs=1e-3)
