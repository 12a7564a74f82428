package io.cxmetrics.journey;

/**
 * Who begins the exchange at a touchpoint.
 *
 * @since 0.1
 */
public enum Initiator {
    /** The customer, such as by opening a page or calling. */
    CUSTOMER,
    /** The company, such as by sending a delivery notice or calling back. */
    COMPANY
}
