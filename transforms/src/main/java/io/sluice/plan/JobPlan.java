/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job will do, as far as that is known before it runs. A figure that nobody knows is
 * unknown, not guessed.
 *
 * @param verb of the job
 * @param title what it does, for people
 * @param figures by their names, in the order for people: those of {@link Figure} that matter
 * @param indexWrites write units of each global index, by its name
 * @param bill what it costs
 * @param alternatives ways to do it, the planned one among them; none if there is only one
 * @param notes what else a person should know, a sentence each
 * @param parts the plans of jobs that this one consists of, in their order; none if it is one
 */
public record JobPlan(
    String verb,
    String title,
    Map<Figure, Estimate> figures,
    Map<String, Estimate> indexWrites,
    Bill bill,
    List<Alternative> alternatives,
    List<String> notes,
    List<JobPlan> parts) {

  /** What can be known of a job. */
  public enum Figure {
    /** Bytes of the input as it is stored. */
    INPUT_BYTES("input bytes"),
    /** Records of the input. */
    RECORDS("records"),
    /** Items that are written to the table, or read from it. */
    ITEMS("items"),
    /** Changes of items that are read. */
    CHANGES("changes"),
    /** Units of reading the table. */
    READ_UNITS("read units"),
    /** Units of writing the table itself and its local indexes. */
    WRITE_UNITS("write units"),
    /** Write units a second that the job would need of the table to meet its deadline. */
    NEEDED_WRITE_UNITS("needed a second"),
    /** Bytes of the files that are written. */
    OUTPUT_BYTES("output bytes"),
    /** Seconds that the job takes at the share of the capacity that it may use. */
    SECONDS("time");

    private final String text;

    Figure(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  public JobPlan {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    indexWrites = Collections.unmodifiableMap(new LinkedHashMap<>(indexWrites));
    alternatives = List.copyOf(alternatives);
    notes = List.copyOf(notes);
    parts = List.copyOf(parts);
  }

  /** A single job. */
  public JobPlan(
      String verb,
      String title,
      Map<Figure, Estimate> figures,
      Map<String, Estimate> indexWrites,
      Bill bill,
      List<Alternative> alternatives,
      List<String> notes) {
    this(verb, title, figures, indexWrites, bill, alternatives, notes, List.of());
  }

  /** A single job that can be done in one way. */
  public JobPlan(
      String verb,
      String title,
      Map<Figure, Estimate> figures,
      Map<String, Estimate> indexWrites,
      Bill bill,
      List<String> notes) {
    this(verb, title, figures, indexWrites, bill, List.of(), notes);
  }

  /** Returns the same plan, of a job that is known by another name among others. */
  public JobPlan named(String other) {
    return new JobPlan(verb, other, figures, indexWrites, bill, alternatives, notes, parts);
  }

  /** Returns a figure; unknown if it is not among them. */
  public Estimate figure(Figure figure) {
    return figures.getOrDefault(figure, Estimate.UNKNOWN);
  }
}
