/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Options of a night, besides those of the steps in its file. */
public interface NightOptions extends SluiceOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "The file of the night, in YAML: its tables with their steps. It may be given without --file=.")
  @Nullable String getFile();

  void setFile(String value);

  @Group(Group.Heading.INPUT)
  @Description("A profile of the file, whose options are then defaults of all tables.")
  @Nullable String getProfile();

  void setProfile(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Check the file, print what would run and in which order, and run nothing.")
  @Default.Boolean(false)
  boolean isDryRun();

  void setDryRun(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Begin a new run, although the last one is not complete. Its snapshots that are not published"
          + " yet are removed by the exports and merges of the new one.")
  @Default.Boolean(false)
  boolean isStartOver();

  void setStartOver(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "File for a page that shows how far the night is, such as night.html or s3://bucket/night.html."
          + " It is written anew while the night runs, and a browser reloads it.")
  @Nullable String getPage();

  void setPage(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Check the file, run nothing, and write the night as a template of CloudFormation.")
  @Nullable Template getTemplate();

  void setTemplate(Template value);

  @Group(Group.Heading.OUTPUT)
  @Description("File for --template, such as night.json. Default: the standard output.")
  @Nullable String getOut();

  void setOut(String value);

  /** What runs the steps of a template. */
  enum Template {
    /** Jobs of EMR Serverless, by a state machine of Step Functions. */
    EMR_SERVERLESS
  }
}
