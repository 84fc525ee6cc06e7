/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import io.sluice.snapshot.Folder;
import java.io.Serializable;
import org.apache.beam.sdk.io.FileSystems;

/**
 * The folder of the result of one run.
 *
 * @param output the folder
 * @param run the unique name of the run, of letters, digits and hyphens
 */
public record EventTarget(String output, String run) implements Serializable {
  public static final String PART = "part-";

  /** Readers ignore names with this beginning. */
  public static final String STAGING = "_staging/";

  /** Written before the first file is copied, so that a killed run's are recognised as ours. */
  public static final String PUBLISHING = STAGING + "_publishing";

  public static final String MANIFEST = "_manifest.json";
  public static final String SUCCESS = "_SUCCESS";

  public EventTarget {
    if (!run.matches("[-A-Za-z0-9]+")) {
      throw new IllegalArgumentException("run is '" + run + "', must be letters, digits, hyphens");
    }
    output = FileSystems.matchNewResource(output, true).toString();
  }

  public Folder folder() {
    return Folder.of(output);
  }

  /** Returns the folder in which files are until all are complete, ending in a slash. */
  public String staging() {
    return output + STAGING + run + "/";
  }
}
