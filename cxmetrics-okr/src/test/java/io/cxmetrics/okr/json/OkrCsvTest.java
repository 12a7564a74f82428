package io.cxmetrics.okr.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Target;
import io.cxmetrics.okr.WebShop;
import io.cxmetrics.okr.tracking.CheckIn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OkrCsvTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 14);

    private static String refused(String csv) {
        return assertThrows(
                        JsonProblemsException.class,
                        () -> OkrCsv.readKeyResults(WebShop.plan(), "key-results.csv", csv))
                .getMessage();
    }

    @Test
    void theTableOfTheExamplePlan() {
        assertEquals("""
                objective,id,title,owner,weight,guard,target,from,to,warning,kpi,touchpoint,window,unit,checkInDays
                faster-buying,shorter-purchase,Average purchase duration falls from 5 minutes to 3 minutes,Web shop development,1,,decrease,PT5M,PT3M,,purchase-duration,,lastComplete month,,7
                faster-buying,fewer-abandoned-carts,Cart abandonment falls from 40 % to 25 %,Web shop development,1,,decrease,40%,25%,,cart-abandonment,cart,cycleToDate,,7
                faster-buying,fast-chatbot,The chatbot answers 80 % of customer enquiries in under 10 seconds,Customer service,1,,atLeast,,80%,,fast-chatbot-answers,customer-support,trailingDays 28,,7
                """.replace("\n", "\r\n"), OkrCsv.writeKeyResults(WebShop.plan()));
    }

    @Test
    void whatIsWrittenIsReadBackAsTheSamePlan() {
        Objective more = WebShop.plan().objectives().get(0);
        List<KeyResult> keyResults = new ArrayList<>(more.keyResults());
        keyResults.add(KeyResult.of(
                "steps",
                "Comma, \"quote\"\nand =line",
                Target.milestones(Target.Milestone.of("a", "A")),
                Measure.checkIns()));
        keyResults.add(KeyResult.of("band", "=1+1", Target.between(-2, 4.5), Measure.checkIns())
                .asGuard());
        keyResults.add(KeyResult.of(
                "money",
                "'quoted",
                Target.increase(0, 12.5),
                Measure.checkIns(io.cxmetrics.Unit.money(io.cxmetrics.field.Money.currency("EUR")))));
        OkrPlan plan = WebShop.plan().withObjectives(List.of(more.withKeyResults(keyResults)));
        String csv = OkrCsv.writeKeyResults(plan);
        assertEquals(plan, OkrCsv.readKeyResults(plan, "key-results.csv", csv));
        assertTrue(csv.contains(",'=1+1,"), csv);
        assertTrue(csv.contains(",''quoted,"), csv);
        assertTrue(csv.contains("\"Comma, \"\"quote\"\"\nand =line\""), csv);
        assertTrue(csv.contains(",between,-2,4.5,"), csv);
        assertTrue(csv.contains(",increase,0 EUR,12.5 EUR,"), csv);
    }

    @Test
    void aRowIsChangedOrAddedAndTheRestStays() {
        OkrPlan plan = OkrCsv.readKeyResults(WebShop.plan(), "key-results.csv", """
                id,objective,title,target,from,to,kpi,window
                fast-chatbot,faster-buying,The chatbot is fast,atLeast,20%,75%,fast-chatbot-answers,lastComplete week
                new-one,faster-buying,New,increase,0,10,,
                """);
        assertEquals(
                Target.atLeast(0.75, 0.2),
                plan.keyResult("fast-chatbot").orElseThrow().target());
        assertEquals(Measure.checkIns(), plan.keyResult("new-one").orElseThrow().measure());
        assertEquals(4, plan.objectives().get(0).keyResults().size());
        assertEquals(WebShop.plan().keyResult("shorter-purchase"), plan.keyResult("shorter-purchase"));
    }

    @Test
    void everythingWrongIsSaidWithItsLineAndColumn() {
        assertEquals("""
                key-results.csv:2:1 /from: found the number 0.4; expected a share in percent such as "40%"; 0.4 could mean "40%" or "0.4%": write the one you mean
                key-results.csv:3:1 /objective: found "faster-byuing"; expected the objective faster-buying (did you mean "faster-buying"?)
                key-results.csv:4:1 /kpi: found "cart"; expected one of the KPIs purchase-duration, cart-abandonment, fast-chatbot-answers
                key-results.csv:5:1 /id: found "a" a second time; expected each key result once""", refused("""
                        objective,id,title,target,from,to,kpi,window
                        faster-buying,a,A,decrease,0.4,25%,cart-abandonment,cycleToDate
                        faster-byuing,b,B,done,,,,
                        faster-buying,c,C,atMost,,5%,cart,cycleToDate
                        faster-buying,a,A,done,,,,
                        """));
    }

    @Test
    void theFormIsStrict() {
        String header = "objective,id,title,target\n";
        assertTrue(refused("").contains("an empty file"));
        assertTrue(refused("objective,id,title\n").contains("no column \"target\""));
        assertTrue(refused("objective,id,title,target,onwer\n").contains("(did you mean \"owner\"?)"));
        assertTrue(refused(header + "a,b,c\n").startsWith("key-results.csv:2:1 (document): found 3 cells; expected 4"));
        assertTrue(refused(header + "a,\"b,c,d\n").contains("a quote that does not close"));
        assertTrue(refused(header + "a,b\"b,c,d\n").contains("a quote within a cell"));
        assertTrue(refused(header + "a,\"b\"b,c,d\n").contains("text after a quoted cell"));
    }

    @Test
    void checkInsAreReadBackAsTheyWere() {
        List<CheckIn> checkIns = List.of(
                CheckIn.of("fast-chatbot", DAY, 0.815).withConfidence(0.6).withNote("=HYPERLINK(\"x\")"),
                CheckIn.of("shorter-purchase", DAY, 246).withSource("@import"));
        String csv = OkrCsv.writeCheckIns(WebShop.plan(), checkIns);
        assertEquals("""
                keyResult,date,value,confidence,source,note
                fast-chatbot,2026-02-14,81.5%,60%,owner,"'=HYPERLINK(""x"")"
                shorter-purchase,2026-02-14,PT4M6S,,'@import,
                """.replace("\n", "\r\n"), csv);
        assertEquals(checkIns, OkrCsv.readCheckIns(WebShop.plan(), "check-ins.csv", csv));
    }

    @Test
    void aCheckInThatIsWrongIsToldWithItsLine() {
        JsonProblemsException e = assertThrows(
                JsonProblemsException.class, () -> OkrCsv.readCheckIns(WebShop.plan(), "check-ins.csv", """
                        keyResult,date,value,confidence
                        fast-chatbot,14.2.2026,0.8,60
                        fast-chatbots,2026-02-14,80%,
                        """));
        assertEquals(4, e.problems().size());
        assertEquals(
                "check-ins.csv:2:1 /date: found \"14.2.2026\"; expected a date such as 2026-02-14",
                e.problems().get(0).toString());
        assertTrue(e.problems().get(3).toString().endsWith("(did you mean \"fast-chatbot\"?)"));
    }

    @Property(tries = 300)
    void anyNoteComesBack(@ForAll String note) {
        List<CheckIn> one = List.of(CheckIn.of("fast-chatbot", DAY, 0.5).withNote(note));
        assertEquals(one, OkrCsv.readCheckIns(WebShop.plan(), "c.csv", OkrCsv.writeCheckIns(WebShop.plan(), one)));
    }
}
