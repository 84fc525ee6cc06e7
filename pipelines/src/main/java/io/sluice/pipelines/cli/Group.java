/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Puts an option, by its getter, under a heading of the help. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Group {
  Heading value();

  /** The headings, in the order of the help. */
  enum Heading {
    INPUT("Input"),
    DATABASE("A database"),
    CSV("CSV"),
    TEXT("Text"),
    KEYS("Keys and duplicates"),
    TABLE("The table"),
    OUTPUT("Output"),
    BUDGET("Rate, time and cost"),
    REJECTIONS("Rejections and the report"),
    WHERE("Where AWS is");

    private final String text;

    Heading(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
