package io.cxmetrics.journey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where customer and company meet, such as the cart or the payment. Immutable and thread-safe.
 *
 * <pre>{@code
 * Touchpoint.of("payment", "Payment").withOwner("Finance").withChannel("web").asMomentOfTruth()
 *         .withKpis(JourneyKpi.of("csat").anchored(0.5, 0.95))
 * }</pre>
 *
 * @param id 1 to 63 lower-case letters, digits and hyphens; what the dimension {@value #DIMENSION} of the data says
 * @param name the name for people
 * @param owner who is responsible for it, or null
 * @param channel where it is planned to take place, such as {@code web} or {@code phone}, or null
 * @param initiator who is planned to begin, or null
 * @param momentOfTruth whether it decides about staying or leaving, more than others do
 * @param weight how much it counts in the roll-up of the journey, positive; 1 unless said otherwise
 * @param detail the id of the journey that shows this touchpoint in detail, or null
 * @param kpis the KPIs that speak for it
 * @since 0.1
 */
public record Touchpoint(
        String id,
        String name,
        @Nullable String owner,
        @Nullable String channel,
        @Nullable Initiator initiator,
        boolean momentOfTruth,
        double weight,
        @Nullable String detail,
        List<JourneyKpi> kpis) {
    /** The dimension of a scorecard whose values are ids of touchpoints. */
    public static final String DIMENSION = "touchpoint";

    /**
     * Checks the parts and copies the list.
     *
     * @throws IllegalArgumentException if an id is not of that form, a text is blank, or the weight is not positive
     */
    public Touchpoint {
        check("touchpoint", id, name);
        checkText("owner", "touchpoint '" + id + "'", owner);
        checkText("channel", "touchpoint '" + id + "'", channel);
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "the weight of touchpoint '" + id + "' must be positive; found " + weight);
        }
        if (detail != null) {
            checkId("journey", detail);
        }
        kpis = List.copyOf(kpis);
    }

    /**
     * A touchpoint with an owner or without.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @param owner who is responsible for it, or null
     * @throws IllegalArgumentException if the id is not of that form, or a text is blank
     */
    public Touchpoint(String id, String name, @Nullable String owner) {
        this(id, name, owner, null, null, false, 1, null, List.of());
    }

    /**
     * A touchpoint without an owner.
     *
     * @param id 1 to 63 lower-case letters, digits and hyphens
     * @param name the name for people
     * @return the touchpoint
     * @throws IllegalArgumentException if the id is not of that form, or the name is blank
     */
    public static Touchpoint of(String id, String name) {
        return new Touchpoint(id, name, null);
    }

    /**
     * This touchpoint with an owner.
     *
     * @param newOwner who is responsible for it
     * @return the touchpoint
     */
    public Touchpoint withOwner(String newOwner) {
        return new Touchpoint(id, name, newOwner, channel, initiator, momentOfTruth, weight, detail, kpis);
    }

    /**
     * This touchpoint in a channel.
     *
     * @param newChannel where it is planned to take place
     * @return the touchpoint
     */
    public Touchpoint withChannel(String newChannel) {
        return new Touchpoint(id, name, owner, newChannel, initiator, momentOfTruth, weight, detail, kpis);
    }

    /**
     * This touchpoint begun by one of the two sides.
     *
     * @param newInitiator who is planned to begin
     * @return the touchpoint
     */
    public Touchpoint startedBy(Initiator newInitiator) {
        return new Touchpoint(id, name, owner, channel, newInitiator, momentOfTruth, weight, detail, kpis);
    }

    /**
     * This touchpoint as one that decides about staying or leaving.
     *
     * @return the touchpoint
     */
    public Touchpoint asMomentOfTruth() {
        return new Touchpoint(id, name, owner, channel, initiator, true, weight, detail, kpis);
    }

    /**
     * This touchpoint with another weight in the roll-up of the journey.
     *
     * @param newWeight positive
     * @return the touchpoint
     * @throws IllegalArgumentException if the weight is not positive
     */
    public Touchpoint weighing(double newWeight) {
        return new Touchpoint(id, name, owner, channel, initiator, momentOfTruth, newWeight, detail, kpis);
    }

    /**
     * This touchpoint shown in detail by another journey.
     *
     * @param journey the id of that journey
     * @return the touchpoint
     */
    public Touchpoint detailedBy(String journey) {
        return new Touchpoint(id, name, owner, channel, initiator, momentOfTruth, weight, journey, kpis);
    }

    /**
     * This touchpoint measured by KPIs, which replace those it had.
     *
     * @param newKpis the KPIs that speak for it
     * @return the touchpoint
     */
    public Touchpoint withKpis(JourneyKpi... newKpis) {
        return new Touchpoint(id, name, owner, channel, initiator, momentOfTruth, weight, detail, List.of(newKpis));
    }

    static void checkId(String what, String id) {
        if (!id.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("\"" + id + "\" is not an id of a " + what
                    + ": expected 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    static void check(String what, String id, String name) {
        checkId(what, id);
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " '" + id + "' has no name");
        }
    }

    static void checkText(String what, String of, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " of " + of + " is blank; leave it out");
        }
    }
}
