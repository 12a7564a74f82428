package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.evaluation.ScoreOverride;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the scores that people set at the close. */
final class ScoresReader {
    private static final String SCORE = "a score from 0.0 to 1.0, such as 0.7";
    private static final String REASON = "a reason in words: without one there is no other score";

    private final LocatedJson document;
    private final Problems problems = new Problems();

    ScoresReader(LocatedJson document) {
        this.document = document;
    }

    List<ScoreOverride> scores() {
        Members members = new Members(document, problems);
        Optional<LocatedJson> scores = members.required(
                "scores", "an object such as {\"fewer-abandoned-carts\": {\"score\": 0.7, \"reason\": \"…\"}}");
        members.end();
        List<ScoreOverride> read = new ArrayList<>();
        scores.ifPresent(node -> {
            new Members(node, problems); // notes what is no object
            node.members().forEach((id, score) -> score(id, score).ifPresent(read::add));
        });
        problems.throwIfAny();
        return List.copyOf(read);
    }

    private Optional<ScoreOverride> score(String id, LocatedJson node) {
        Members members = new Members(node, problems);
        Optional<BigDecimal> score = members.required("score", SCORE).flatMap(value -> {
            boolean in = value.is(LocatedJson.Kind.NUMBER)
                    && value.number().signum() >= 0
                    && value.number().compareTo(BigDecimal.ONE) <= 0;
            if (!in) {
                problems.add(value, SCORE);
            }
            return in ? Optional.of(value.number()) : Optional.empty();
        });
        Optional<LocatedJson> reason = members.required("reason", REASON);
        members.end();
        boolean said = reason.isPresent()
                && reason.get().is(LocatedJson.Kind.TEXT)
                && !reason.get().text().isBlank();
        if (reason.isPresent() && !said) {
            problems.add(reason.get(), REASON);
        }
        return score.isPresent() && said
                ? Optional.of(new ScoreOverride(
                        id, score.get().doubleValue(), reason.get().text()))
                : Optional.empty();
    }
}
