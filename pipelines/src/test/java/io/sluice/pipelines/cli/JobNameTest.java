/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class JobNameTest {

  @Test
  void hasVerbAndTable() {
    assertThat(
        JobName.of("import", List.of("--input=a.csv", "--table=trips")), is("sluice import trips"));
    assertThat(
        JobName.of(
            "export", List.of("--table=arn:aws:dynamodb:eu-west-1:123456789012:table/trips")),
        is("sluice export trips"));
    assertThat(JobName.of("demo", List.of()), is("sluice demo"));
  }

  @Test
  void isTheJobsAndTheApplications() {
    ApplicationNameOptions options = PipelineOptionsFactory.as(ApplicationNameOptions.class);
    JobName.set(options, "import", List.of("--table=trips"));
    assertThat(options.getJobName(), is("sluice import trips"));
    assertThat(options.getAppName(), is("sluice import trips"));
  }

  @Test
  void leavesNamesThatAreGiven() {
    String[] given = {"--jobName=nightly", "--appName=load"};
    ApplicationNameOptions options =
        PipelineOptionsFactory.fromArgs(given).as(ApplicationNameOptions.class);
    JobName.set(options, "import", List.of(given));
    assertThat(options.getJobName(), is("nightly"));
    assertThat(options.getAppName(), is("load"));
  }

  @Test
  void tellsAPersonsNameFromSparkSubmitsOwn() {
    assertThat(JobName.givenToSpark("nightly"), is("nightly"));
    assertThat(JobName.givenToSpark("io.sluice.pipelines.Main"), is(nullValue()));
    assertThat(JobName.givenToSpark("sluice-spark.jar"), is(nullValue()));
    assertThat(JobName.givenToSpark(null), is(nullValue()));
  }
}
