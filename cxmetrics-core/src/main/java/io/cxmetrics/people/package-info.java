/**
 * KPIs of the people who serve customers: engagement, wellbeing, quality, attrition, absence, training. Entry point:
 * {@link io.cxmetrics.people.PeopleKpis}. The employee net promoter score is {@code SurveyKpis.employeeNps()}. This package
 * imports {@code io.cxmetrics}, {@code io.cxmetrics.field}, {@code io.cxmetrics.stats} and {@code io.cxmetrics.time}; no other
 * catalogue.
 */
@NullMarked
package io.cxmetrics.people;

import org.jspecify.annotations.NullMarked;
