/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.input.InputListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that {@code --onSuccess=DELETE} refuses before anything is started. */
class WhatIsDeletedTest {
  @TempDir Path folder;

  private static ImportOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(ImportOptions.class);
  }

  private static InputListing input(String pattern, String... more) {
    ImportOptions options =
        options(
            Stream.concat(Stream.of("--input=" + pattern, "--table=trips"), Stream.of(more))
                .toArray(String[]::new));
    return InputListing.of(ImportPlan.of(options).source(), Printed.unread());
  }

  @Test
  void aManifestDoesNotDecide() {
    UsageException e =
        assertThrows(
            UsageException.class,
            () ->
                ImportPlan.of(
                    options(
                        "--input=s3://b/backup/manifest",
                        "--table=trips",
                        "--manifestElsewhere=READ",
                        "--onSuccess=DELETE")));
    assertThat(
        e.problems(),
        contains(
            "--onSuccess=DELETE does not go with --manifestElsewhere=READ: a manifest does not"
                + " decide what is deleted"));
  }

  @Test
  void aManifestReachesOutOfItsFolderOnlyWhenThatIsWanted() throws IOException {
    Path backup = Files.createDirectory(folder.resolve("backup"));
    Path secret = Files.writeString(folder.resolve("secret"), "{\"id\":{\"s\":\"x\"}}\n");
    String manifest =
        Files.writeString(
                backup.resolve("manifest"), "{\"entries\":[{\"url\":\"" + secret + "\"}]}")
            .toString();
    JobException e = assertThrows(JobException.class, () -> input(manifest));
    assertThat(
        e.getMessage(),
        is(
            "--input: %s lists %s, which is not below its folder, and there is no %s/secret"
                .formatted(manifest, secret, backup)));
    assertThat(
        input(manifest, "--manifestElsewhere=READ").files().get(0).resourceId().toString(),
        is(secret.toString()));
    Path own = Files.writeString(backup.resolve("secret"), "{\"id\":{\"s\":\"y\"}}\n");
    InputListing beside = input(manifest);
    assertThat(beside.files().get(0).resourceId().toString(), is(own.toString()));
    beside.checkDeletable();
  }

  @Test
  void aFileBehindALinkIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("a.csv"), "id\n1\n");
    Path in = Files.createDirectory(folder.resolve("in"));
    Path link = Files.createSymbolicLink(in.resolve("link"), other);
    JobException e =
        assertThrows(JobException.class, () -> input(in + "/*/*.csv").checkDeletable());
    assertThat(
        e.getMessage(),
        is(
            "--onSuccess=DELETE does not delete %s/a.csv, which is behind the symbolic link %s"
                .formatted(link, link)));
    input(link + "/*.csv").checkDeletable();
  }
}
