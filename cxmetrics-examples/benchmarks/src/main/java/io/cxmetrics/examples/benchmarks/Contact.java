package io.cxmetrics.examples.benchmarks;

import io.cxmetrics.field.Fields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One contact of a customer, as an application would hold it.
 *
 * @param customer who
 * @param channel by what
 * @param started when
 * @param recommendation 0–10, or null
 * @param satisfaction 1–5, or null
 * @param effort 1–7, or null
 * @param botInvolved whether a bot took part
 * @param botResolved whether the bot resolved it
 * @param answered whether somebody answered
 * @param abandoned whether the customer left before
 * @param waited until answered or abandoned
 * @param talk of the agent with the customer
 * @param hold while the customer was on hold
 * @param afterContactWork of the agent afterwards
 */
record Contact(
        long customer,
        String channel,
        Instant started,
        @Nullable Integer recommendation,
        @Nullable Integer satisfaction,
        @Nullable Integer effort,
        boolean botInvolved,
        boolean botResolved,
        boolean answered,
        boolean abandoned,
        Duration waited,
        Duration talk,
        Duration hold,
        Duration afterContactWork) {

    /** How the library reads a contact. */
    static Fields<Contact> fields() {
        return Fields.of(Contact.class)
                .whole("customer", Contact::customer)
                .text("channel", Contact::channel)
                .instant("started", Contact::started)
                .whole("recommendation", Contact::recommendation)
                .whole("satisfaction", Contact::satisfaction)
                .whole("effort", Contact::effort)
                .flag("bot-involved", Contact::botInvolved)
                .flag("bot-resolved", Contact::botResolved)
                .flag("answered", Contact::answered)
                .flag("abandoned", Contact::abandoned)
                .duration("wait", Contact::waited)
                .duration("talk", Contact::talk)
                .duration("hold", Contact::hold)
                .duration("after-contact-work", Contact::afterContactWork);
    }
}
