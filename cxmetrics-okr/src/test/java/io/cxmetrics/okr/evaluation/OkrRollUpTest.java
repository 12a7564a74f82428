package io.cxmetrics.okr.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.okr.Ambition;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.tracking.CheckIn;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Objectives made of key results, of other objectives, or both; scores at the close. */
class OkrRollUpTest {
    private static final Cycle Q1 = Cycle.parse("2026-Q1");
    private static final LocalDate HALF_WAY = LocalDate.of(2026, 2, 14); // 44/89
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);

    /** A key result from 0 to 1, so that a check-in is the progress. */
    private static KeyResult unit(String id) {
        return KeyResult.of(id, id, Target.increase(0, 1), Measure.checkIns());
    }

    private static Objective objective(String id, String... keyResults) {
        KeyResult[] made = new KeyResult[keyResults.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = unit(keyResults[i]);
        }
        return Objective.of(id, id, Q1, made);
    }

    private static OkrPlan plan(Objective... objectives) {
        return OkrPlan.of(ZoneId.of("UTC"), List.of(), List.of(), List.of(objectives));
    }

    private static CheckIn on(LocalDate day, String id, double progress) {
        return CheckIn.of(id, day, progress);
    }

    private static ObjectiveReport report(OkrPlan plan, String id, LocalDate asOf, CheckIn... checkIns) {
        return OkrEvaluator.of(plan)
                .evaluate(List.of(), List.of(checkIns), asOf)
                .objective(id)
                .orElseThrow();
    }

    private static RollUp of(RollUp.Parts parts, RollUp.Judged judged) {
        return new RollUp(parts, judged);
    }

    @Test
    void childrenCountByTheirWeights() {
        OkrPlan plan = plan(
                objective("top"),
                objective("left", "a").under("top").withWeight(3),
                objective("right", "b", "c").under("top"));
        ObjectiveReport top =
                report(plan, "top", HALF_WAY, on(HALF_WAY, "a", 0.2), on(HALF_WAY, "b", 0.8), on(HALF_WAY, "c", 1.2));
        assertEquals((3 * 0.2 + 0.9) / 4, top.progress().orElseThrow(), 1e-15);
        assertEquals(
                List.of("left", "right"),
                top.children().stream().map(c -> c.objective().id()).toList());
        assertEquals("38 % done, 49 % expected: behind", top.sentence(Locale.ROOT));
    }

    @Test
    void bothKindsOfPartsCountAlike() {
        OkrPlan plan = plan(
                objective("top", "own").rolledUp(of(RollUp.Parts.BOTH, RollUp.Judged.OWN)),
                objective("below", "a").under("top"));
        assertEquals(
                0.5,
                report(plan, "top", HALF_WAY, on(HALF_WAY, "own", 1), on(HALF_WAY, "a", 0))
                        .progress()
                        .orElseThrow());
        // By default only its own key results count.
        OkrPlan alone = plan(objective("top", "own"), objective("below", "a").under("top"));
        assertEquals(
                1,
                report(alone, "top", HALF_WAY, on(HALF_WAY, "own", 1), on(HALF_WAY, "a", 0))
                        .progress()
                        .orElseThrow());
    }

    @Test
    void partsWithoutDataAreNamedAllTheWayUp() {
        OkrPlan plan = plan(
                objective("top"),
                objective("left", "a").under("top"),
                objective("right", "b").under("top"));
        ObjectiveReport top = report(plan, "top", HALF_WAY, on(HALF_WAY, "a", 1));
        assertEquals(List.of("right"), top.missing());
        assertEquals(0.5, top.coverage());
        assertEquals(
                "100 % done, 49 % expected: on track; from 1 of 2 objectives (50 % of the weight), no data for right",
                top.sentence(Locale.ROOT));
        assertEquals(Status.NO_DATA, report(plan, "top", HALF_WAY).status());
    }

    @Test
    void theWorstOfTheParts() {
        OkrPlan plan = plan(objective("o", "a", "b").rolledUp(of(RollUp.Parts.KEY_RESULTS, RollUp.Judged.WORST)));
        assertEquals(
                new Verdict(Status.AT_RISK, Verdict.Basis.WORST, Status.AT_RISK),
                report(plan, "o", HALF_WAY, on(HALF_WAY, "a", 1), on(HALF_WAY, "b", 0.1))
                        .verdict());
        assertEquals(
                Status.BEHIND,
                report(plan, "o", HALF_WAY, on(HALF_WAY, "a", 1), on(HALF_WAY, "b", 0.4))
                        .status());
        // Silence is worse than being on track.
        assertEquals(
                Status.NO_DATA,
                report(plan, "o", HALF_WAY, on(HALF_WAY, "a", 1)).status());
        assertEquals(
                Status.STALE,
                report(plan, "o", HALF_WAY, on(HALF_WAY, "a", 1), on(HALF_WAY.minusDays(8), "b", 1))
                        .status());
    }

    @Test
    void weightedTakesWhatIsExpectedOfTheParts() {
        KeyResult early = unit("early").in(Cycle.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 14)));
        Objective objective = Objective.of("o", "o", Q1, early.withWeight(3), unit("late"))
                .rolledUp(of(RollUp.Parts.KEY_RESULTS, RollUp.Judged.WEIGHTED));
        ObjectiveReport report =
                report(plan(objective), "o", HALF_WAY, on(HALF_WAY, "early", 0.6), on(HALF_WAY, "late", 0.5));
        assertEquals((3 * 1 + 44.0 / 89) / 4, report.expected(), 1e-15);
        assertEquals((3 * 0.6 + 0.5) / 4, report.progress().orElseThrow(), 1e-15);
        assertEquals(Status.AT_RISK, report.status()); // 87 % − 58 % = 30 points
        assertEquals(
                Status.ON_TRACK,
                report(
                                plan(objective.rolledUp(RollUp.DEFAULT)),
                                "o",
                                HALF_WAY,
                                on(HALF_WAY, "early", 0.6),
                                on(HALF_WAY, "late", 0.5))
                        .status());
    }

    @Test
    void weightedByProbabilityIsTheWeightedChance() {
        Objective objective = objective("o", "a", "b").rolledUp(of(RollUp.Parts.KEY_RESULTS, RollUp.Judged.WEIGHTED));
        ObjectiveReport report = OkrEvaluator.of(plan(objective))
                .withChances(q -> Chance.of(q.keyResult().id().equals("a") ? 0.9 : 0.3, "a stub"))
                .evaluate(List.of(), List.of(on(HALF_WAY, "a", 0.5), on(HALF_WAY, "b", 0.1)), HALF_WAY)
                .objectives()
                .get(0);
        assertEquals(0.6, report.probability().orElseThrow(), 1e-15);
        assertEquals(Verdict.Basis.PROBABILITY, report.verdict().basis());
        assertEquals("30 % done, 49 % expected; 60 % mean chance: behind", report.sentence(Locale.ROOT));
    }

    @Test
    void allStaleIsStale() {
        OkrPlan plan = plan(objective("o", "a", "b"));
        LocalDate old = HALF_WAY.minusDays(8);
        ObjectiveReport stale = report(plan, "o", HALF_WAY, on(old, "a", 1), on(old, "b", 1));
        assertEquals(Status.STALE, stale.status());
        ObjectiveReport half = report(plan, "o", HALF_WAY, on(old, "a", 1), on(HALF_WAY, "b", 1));
        assertEquals("100 % done, 49 % expected: on track; stale: a", half.sentence(Locale.ROOT));
    }

    @Test
    void circlesUnknownParentsAndEmptyTopsAreErrors() {
        String circle = assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(
                                objective("a", "k1").under("b"),
                                objective("b", "k2").under("c"),
                                objective("c", "k3").under("a")))
                .getMessage();
        assertEquals(
                "objective 'a' has itself above it: a → b → c → a; expected objectives that contribute upwards only",
                circle);
        assertThrows(
                IllegalArgumentException.class, () -> plan(objective("a", "k1").under("a")));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(objective("top", "k1"), objective("b", "k2").under("topp")))
                .getMessage()
                .contains("(did you mean \"top\"?)"));
        assertThrows(IllegalArgumentException.class, () -> plan(objective("top")));
    }

    @Test
    void alignmentHasAnEndEvenIfSomebodyMeansHarm() {
        List<Objective> chain = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            chain.add(objective("o" + i, "k" + i).under("o" + (i + 1)));
        }
        chain.add(objective("o3000", "k3000"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> plan(chain.toArray(new Objective[0])))
                .getMessage()
                .contains("more than 20 levels above it"));
        chain.remove(chain.size() - 1);
        chain.add(objective("o3000", "k3000").under("o0"));
        assertThrows(IllegalArgumentException.class, () -> plan(chain.toArray(new Objective[0])));
    }

    private static ObjectiveReport closed(double progress, Ambition ambition) {
        Objective objective = ambition == null
                ? objective("o", "a", "b")
                : objective("o", "a", "b").withAmbition(ambition);
        return report(plan(objective), "o", APRIL, on(Q1.lastDay(), "a", progress), on(Q1.lastDay(), "b", progress));
    }

    @Test
    void scoresAtTheCloseHaveBandsAndAReading() {
        assertEquals(Score.Band.LOW, closed(0.39, null).score().band());
        assertEquals(Score.Band.MIDDLE, closed(0.4, null).score().band());
        assertEquals(Score.Band.MIDDLE, closed(0.69, null).score().band());
        assertEquals(Score.Band.HIGH, closed(0.7, null).score().band());
        assertEquals(
                "70 % done at the close; score 0.7 (committed, so 1.0 was expected: say why it was missed)",
                closed(0.7, Ambition.COMMITTED).sentence(Locale.ROOT));
        assertEquals(
                "70 % done at the close; score 0.7 (aspirational, and about 0.7 was expected: a success)",
                closed(0.7, Ambition.ASPIRATIONAL).sentence(Locale.ROOT));
        assertEquals("committed and kept", closed(1, Ambition.COMMITTED).score().reading());
        assertEquals(
                "aspirational, so about 0.7 was expected: 1.0 hints at a target that was too easy",
                closed(1.3, Ambition.ASPIRATIONAL).score().reading());
        assertEquals(1, closed(1.3, null).score().computed());
        assertEquals(
                null,
                report(plan(objective("o", "a")), "o", HALF_WAY, on(HALF_WAY, "a", 1))
                        .score());
    }

    @Test
    void aScoreDoesNotLookLikeOneOfABetterBand() {
        assertTrue(closed(0.69, null).sentence(Locale.ROOT).contains("; score 0.69 (progress, but fell short"));
        assertTrue(closed(0.6999, null).sentence(Locale.ROOT).contains("; score 0.6999 ("));
        assertTrue(closed(0.96, Ambition.COMMITTED).sentence(Locale.ROOT).contains("; score 0.96 (committed, so 1.0"));
        assertTrue(closed(0.64, null).sentence(Locale.ROOT).contains("; score 0.6 ("));
    }

    @Test
    void anOverrideNeedsAReasonAndKeepsTheComputedScore() {
        OkrPlan plan = plan(objective("o", "a", "b"));
        OkrReport report = OkrEvaluator.of(plan)
                .withOverrides(List.of(
                        new ScoreOverride("o", 0.8, "the pilot was moved by the board"),
                        new ScoreOverride("a", 1, "counted wrongly")))
                .evaluate(List.of(), List.of(on(Q1.lastDay(), "a", 0.5), on(Q1.lastDay(), "b", 0.5)), APRIL);
        Score score = report.objective("o").orElseThrow().score();
        assertEquals(0.8, score.value());
        assertEquals(0.5, score.computed());
        assertEquals(
                "50 % done at the close; score 0.8, set in place of 0.5: the pilot was moved by the board (delivered; nobody"
                        + " said whether it was committed or aspirational)",
                report.objective("o").orElseThrow().sentence(Locale.ROOT));
        assertEquals(1, report.keyResult("a").orElseThrow().score().value());
        assertThrows(IllegalArgumentException.class, () -> new ScoreOverride("o", 0.8, " "));
        assertThrows(IllegalArgumentException.class, () -> new ScoreOverride("o", 1.1, "because"));
        assertThrows(
                IllegalArgumentException.class,
                () -> OkrEvaluator.of(plan).withOverrides(List.of(new ScoreOverride("oo", 1, "because"))));
    }

    @Test
    void whatChangedAndWhatNeedsADecisionIsSaid() {
        OkrPlan plan = plan(objective("o", "a", "b")).withStatusRule(StatusRule.byDifference());
        OkrEvaluator evaluator = OkrEvaluator.of(plan);
        OkrReport before =
                evaluator.evaluate(List.of(), List.of(on(HALF_WAY.minusDays(7), "a", 0.2)), HALF_WAY.minusDays(7));
        OkrReport after = evaluator.evaluate(
                List.of(),
                List.of(on(HALF_WAY.minusDays(7), "a", 0.2), on(HALF_WAY, "a", 0.6), on(HALF_WAY, "b", 0.1)),
                HALF_WAY);
        assertEquals(
                List.of(
                        "o: behind as before, 20 % → 35 % done",
                        "a: behind → on track, 20 % → 60 % done", "b: no data → at risk, nothing → 10 % done"),
                after.since(before).stream().map(Change::toString).toList());
        assertEquals(List.of(), after.since(after));
        assertEquals(
                List.of("b (nobody): at risk; change what is done for it, or the target"),
                after.decisions().stream().map(Decision::toString).toList());
        String text = after.toText(Locale.ROOT, before.standings());
        assertTrue(text.contains("\nSince 2026-02-07\n  - o: behind as before, 20 % → 35 % done\n"), text);
        assertTrue(text.contains("\nNeeds a decision\n  - b (nobody): at risk;"), text);
    }

    @Test
    void markdownIsEscaped() {
        Objective evil = new Objective(
                "o",
                "A | b <script> [x](y)",
                null,
                null,
                null,
                null,
                null,
                1,
                Q1,
                RollUp.DEFAULT,
                null,
                List.of(unit("a")),
                List.of(),
                List.of());
        String markdown = OkrEvaluator.of(plan(evil))
                .evaluate(List.of(), List.of(on(HALF_WAY, "a", 0.6).withNote("*bold*\n| x |")), HALF_WAY)
                .toMarkdown(Locale.ROOT);
        assertTrue(markdown.contains("## A \\| b \\<script\\> \\[x\\](y)\n"), markdown);
        assertTrue(markdown.contains("\"\\*bold\\* \\| x \\|\""), markdown);
    }
}
