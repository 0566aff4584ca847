"""What the table of weekly decisions says about itself: what is assumed, and what it shows."""

INTRO = (
    "{runners} virtual runners live {weeks} weeks twice: reviewed every Sunday, with what the review asks for"
    " done in the coming week, and on the same plan without a review. Both arms share one life: nights, colds,"
    " weeks away, episodes, noise. The review sees only what is written down; {missing} % of entries are missing"
    " unless said otherwise. **Virtual runners follow our assumptions, which are listed. The table tells whether"
    " the rules find what was put there; it says nothing about what happens to people.** Shares are with 95 %"
    " intervals from runners drawn again with replacement; “of” is the number of weeks or episodes. Weeks before"
    " the plan's own light ones are left out where not said otherwise: there both arms do the same. Referrals are"
    " false where no episode was there in the last {back} days."
)
ASSUMPTIONS = """\
* The plan is simplified: two strength sessions of three exercises and four runs a week, every fourth week light
  (two sets for three, running × 0.8), tests of calf raise and hop on two days every fourth week. The planner itself
  is not run. A step of an exercise asks 2 % more of a leg. Reviewed, a leg's exercise rises where the review says
  so; the fixed plan rises every week but the light ones, whatever was done.
* A leg's capacity grows by 0.6–1.8 % with a full week of work. A site bears 1.05–1.5 times its leg's capacity; more
  irritates it, and irritation fades with 3 days. Twinges of 1–3.5 of 10 come to a knee or Achilles about once in 75
  days.
* Fatigue is load that fades with 6 days, slower after short nights. One week in ten has half as much running again,
  one in twelve nights 1.3 h shorter, one in 25 is away; about one cold in 26 weeks. Own nights are 7.4 ± 0.4 h,
  from night to night ± 0.6 h. Runners keep 65–100 % of sessions.
* Rest is right where fatigue of the last three days is 1.2 of the usual or more, a site hurts by 3 of 10 or more,
  or the runner is ill on Sunday. Going on is right below 1.1 and 1.5, without a cold or an episode. Between them
  neither is counted.
* A referral is right with bone pain (from the seventh day with night pain), joint pain of more than 7 days (an
  episode, or a knee that does not settle), or swelling. Each kind of episode befalls three runners in ten: far more
  than in life, to have some to count. Episodes do not depend on training. A clinician looks within 7 days of a
  referral, and 14 days after it the episode is over; without one bone pain lasts 8 weeks, joint pain 4, swelling 10
  days. At pain 7 a runner stops unasked for six weeks.
* Effort is felt 4 points higher for each unit of fatigue, ± 0.7, with a runner's own bias of ± 0.7, in whole
  numbers; heart-rate recovery is 14 bpm smaller, ± 4. A red flag that is there is named on every second written
  morning, one that is not there once in 2000. Pain is rated ± 0.5; its kind is left out in a quarter (knee) to 70 %
  (Achilles). Missed sessions are noted half as often as others. Half of what is missing is missing by whole weeks.
* Paths of the gap, a quarter of runners each: closing (25–40 % of capacity, half of it in 6–16 weeks of full work),
  stagnating (until the stimulus changes, which helps seven in ten), drifting (strides by 0.3–0.7 % a week from week
  5–13 on to 3–5 %, nothing stops it), even. Strides differ by 0.15 % for each percent of gap: nobody has shown such
  a link. A run scatters by 0.9 %. Tests have the published error (calf raise: limits of agreement ± 6.35) or own
  trials (hop). Half of the runners have recorded runs for 12 weeks before.
* Late growth within runs, races and returns do not occur; opinions are not given."""
SHOWS = """\
* **Careful, and slow to go on.** Nearly every week that should rest is held, but so are four in five of those in
  which going on is right; a rule about the body speaks twice as often where rest is right as where it is not. Who
  progresses is nearly always right to; too few do. A runner rises by a few steps in half a year where the plan as
  it was made takes twenty, and does fewer sets; in return days with pain and days stopped are fewer. A gap that
  closes with work is somewhat larger at the end.
* **D-HOLD-SLEEP is the largest false rest.** Whoever sleeps 7.4 h, ± 0.6 from night to night, has three nights
  under 7 h in one week of eight; at 7.0 h in three of five. It leads only somewhat more often where rest is right
  than where going on is: a fixed limit says who sleeps how, not when. The runner's own usual night would say more.
* **D-HOLD-EFFORT** is a handful of chances a week: each of six to eight values lies beyond mean + 2 sd of ten now
  and then, and whoever rates high by habit is above the planned effort. It leads no more often in weeks of rest.
  **D-DELOAD-FATIGUE** is nearly never wrong and seldom speaks: fatigue moves an effort by about its noise, and one
  ordinary day between ends the row.
* **The more is written, the more is falsely held for the body**: every question asked adds its own chance of a yes.
  The less is written, the more waits for entries and for sessions that were done and not noted (D-HOLD-EMPTY,
  D-HOLD-PART, D-SMALLER).
* **Referrals** mostly wait for a red flag to be written. Three in four false ones are D-REFER-PERSISTING: a run
  counts as a session, so a twinge of four days is named in three; the rest are flags that are not there. After an
  episode D-REFER-FLAG goes on for 14 days from the last entry, as nothing tells the review that a clinician has
  looked. A fever at the week's beginning is forgotten on Sunday, and a cold without one is asked nowhere.
* **D-STIMULUS** is found by runs, not by tests: at the published error two calf raise tests leave the change open
  by 9 repetitions, more than half of any gap, which is what would be worth having. It needs 80 % of sessions kept,
  which shows the less the more is missing: with everything written nine in ten stagnating runners are told, with
  60 % missing one in eight. Where it is wrong it is on slow closers, whose gap halves in more than 8 weeks.
* **D-RETEST-DRIFT** is never false here, and late: the smallest change that matters takes 3 to 7 weeks to be
  reached, and a drift that begins within the alarm's twelve baseline weeks becomes part of them. **D-RETEST-WIDE**
  has nothing to say where tests are done every fourth week."""
