/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of all pipelines: which one to run, and how to reach AWS. */
public interface SluiceOptions extends AccountOptions, AwsOptions, S3Options {

  @Group(Group.Heading.WHERE)
  @Description("The pipeline to run, such as import.")
  @Nullable String getPipeline();

  void setPipeline(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "Use the embedded DynamoDB and S3 of `./sluice local-aws`: sets endpoints, region and"
          + " credentials that are not given.")
  @Default.Boolean(false)
  boolean isLocal();

  void setLocal(boolean value);

  @Group(Group.Heading.WHERE)
  @Description("Endpoint of DynamoDB, for example http://localhost:8000. Default: AWS, by region.")
  @Nullable String getDynamodbEndpoint();

  void setDynamodbEndpoint(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "Endpoint of S3 or a compatible server, for example http://localhost:9090; bucket names go"
          + " in the path. Default: AWS, by region.")
  @Nullable String getS3Endpoint();

  void setS3Endpoint(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "The plan that the job is a run of, in JSON, for the report: `plan --apply` sets it.")
  @Nullable String getPlanned();

  void setPlanned(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "End at once when the standard input ends, for a program that starts this one and must not"
          + " leave it behind.")
  @Default.Boolean(false)
  boolean isExitWithStdin();

  void setExitWithStdin(boolean value);

  @Group(Group.Heading.WHERE)
  @Description(
      "How progress is shown. auto: a line on a terminal, otherwise lines of the log. json: lines of"
          + " JSON on the standard error, for programs.")
  @OneOf(ProgressNames.class)
  @Default.String("auto")
  String getProgress();

  void setProgress(String value);

  /** The values of {@code --progress}. */
  final class ProgressNames implements OneOf.Values {
    static final String JSON = "json";

    @Override
    public List<String> names() {
      return List.of("auto", JSON);
    }

    @Override
    public String about() {
      return "";
    }
  }
}
