/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options for a table and a data lake that belong to two accounts. */
public interface AccountOptions extends PipelineOptions {

  @Group(Group.Heading.WHERE)
  @Description(
      "ARN of a role to assume for DynamoDB, where the table belongs to another account. Workers"
          + " assume it, and again before its session ends.")
  @Nullable String getTableRole();

  void setTableRole(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "ARN of a role to assume for S3 and Glue, where the data lake belongs to another account.")
  @Nullable String getLakeRole();

  void setLakeRole(String value);

  @Group(Group.Heading.WHERE)
  @Description("External id that the roles want of who assumes them.")
  @Nullable String getExternalId();

  void setExternalId(String value);

  @Group(Group.Heading.WHERE)
  @Description("Endpoint of STS, which gives out roles. Default: AWS, by region.")
  @Nullable String getStsEndpoint();

  void setStsEndpoint(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "Account that the buckets must belong to, 12 digits: S3 refuses a bucket of the same name"
          + " that is somebody else's.")
  @Nullable String getLakeAccount();

  void setLakeAccount(String value);

  @Group(Group.Heading.WHERE)
  @Description(
      "Give files that are written to the owner of the bucket (bucket-owner-full-control), where it"
          + " still has access control lists.")
  @Default.Boolean(false)
  boolean isBucketOwnerFullControl();

  void setBucketOwnerFullControl(boolean value);
}
