package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.field.Columns;
import java.io.IOException;
import java.time.temporal.ChronoUnit;

/** Contacts as arrays. Missing ratings are {@link Byte#MIN_VALUE}, times are whole seconds. */
final class ContactColumns {
    final int[] channel;
    final long[] second;
    final byte[] recommendation;
    final byte[] satisfaction;
    final byte[] effort;
    final boolean[] botInvolved;
    final boolean[] botResolved;
    final boolean[] answered;
    final boolean[] abandoned;
    final long[] waited;
    final long[] talk;
    final long[] hold;
    final long[] afterContactWork;
    private int size;

    ContactColumns(Contacts contacts) throws IOException {
        int rows = Math.toIntExact(contacts.rows());
        channel = new int[rows];
        second = new long[rows];
        recommendation = new byte[rows];
        satisfaction = new byte[rows];
        effort = new byte[rows];
        botInvolved = new boolean[rows];
        botResolved = new boolean[rows];
        answered = new boolean[rows];
        abandoned = new boolean[rows];
        waited = new long[rows];
        talk = new long[rows];
        hold = new long[rows];
        afterContactWork = new long[rows];
        contacts.forEach(this::add);
    }

    private void add(Contacts.Draw draw) {
        channel[size] = draw.channel;
        second[size] = draw.second;
        recommendation[size] = rating(draw.recommendation);
        satisfaction[size] = rating(draw.satisfaction);
        effort[size] = rating(draw.effort);
        botInvolved[size] = draw.botInvolved;
        botResolved[size] = draw.botResolved;
        answered[size] = draw.answered;
        abandoned[size] = !draw.answered;
        waited[size] = draw.waited;
        talk[size] = draw.talk;
        hold[size] = draw.hold;
        afterContactWork[size] = draw.afterContactWork;
        size++;
    }

    private static byte rating(int rating) {
        return rating < 0 ? Byte.MIN_VALUE : (byte) rating;
    }

    int size() {
        return size;
    }

    /** How the library reads them. */
    Columns columns() {
        return Columns.named("contacts")
                .text("channel", channel, Contacts.CHANNELS)
                .instant("started", second, ChronoUnit.SECONDS)
                .whole("recommendation", recommendation)
                .whole("satisfaction", satisfaction)
                .whole("effort", effort)
                .flag("bot-involved", botInvolved)
                .flag("bot-resolved", botResolved)
                .flag("answered", answered)
                .flag("abandoned", abandoned)
                .duration("wait", waited, ChronoUnit.SECONDS)
                .duration("talk", talk, ChronoUnit.SECONDS)
                .duration("hold", hold, ChronoUnit.SECONDS)
                .duration("after-contact-work", afterContactWork, ChronoUnit.SECONDS);
    }
}
