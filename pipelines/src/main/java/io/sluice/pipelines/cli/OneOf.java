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
import java.util.List;

/** Lists the values of an option whose type is not an enum. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OneOf {

  /** A class with a constructor without parameters. */
  Class<? extends Values> value();

  /** The values of an option. */
  interface Values {

    /** Returns the values as they are typed. */
    List<String> names();

    /** Returns sentences about some of the values, for the help. */
    String about();
  }
}
