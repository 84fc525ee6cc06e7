/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused once the files of changes are seen. */
class ChangeFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("dms.csv"), "Op,id\nI,1\n");
    Files.writeString(
        folder.resolve("simple.json"),
        "{\"action\":\"PUT\",\"sequenceNumber\":\"1\",\"object\":{\"id\":1}}");
    Files.writeString(
        folder.resolve("stream.json"),
        "{\"eventName\":\"REMOVE\",\"dynamodb\":{\"Keys\":{\"id\":{\"N\":\"1\"}}}}");
    Files.writeString(folder.resolve("empty"), "");
  }

  private ChangeFiles open(String file, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--changes=APPLY", "--table=trips", "--input=" + folder.resolve(file)));
    arguments.addAll(List.of(more));
    ImportPlan plan =
        ImportPlan.of(
            PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
                .as(ImportOptions.class));
    return ChangeFiles.of(plan.source(), plan.changes(), Printed.unread());
  }

  @ParameterizedTest
  @CsvSource({
    "dms.csv, --skipChecks, DMS in CSV",
    "simple.json, --csvDelimiter=;, SIMPLE in JSON",
    "stream.json, --columns=n:N, STREAM",
  })
  void optionsThatDoNotFitTheFormThatIsFoundAreRefused(String file, String option, String form) {
    UsageException e = assertThrows(UsageException.class, () -> open(file, option));
    assertThat(
        e.problems(),
        contains(
            "%s does not go with changes of the form %s"
                .formatted(option.replaceFirst("=.*", ""), form)));
  }

  @Test
  void optionsOfTheFormAreTaken() {
    assertThat(open("dms.csv", "--columns=id:N", "--csvDelimiter=,").bytes(), is(10L));
    assertThat(open("simple.json", "--columns=n:N", "--compression=NONE").bytes(), is(55L));
    assertThat(open("empty", "--columns=n:N").bytes(), is(0L));
  }

  @Test
  void aFileThatIsReadIsNotReplacedByTheReport() throws IOException {
    Path file = folder.resolve("dms.csv");
    JobException e =
        assertThrows(
            JobException.class,
            () -> open("*.csv", "--report=" + folder.resolve("report.html") + "," + file));
    assertThat(e.getMessage(), is("--report=" + file + " would replace a file of the input"));
    assertThat(Files.readString(file), is("Op,id\nI,1\n"));
    assertThat(open("*.csv", "--report=" + folder.resolve("report.json")).bytes(), is(10L));
  }

  @Test
  void whatChoosesChangesIsForSomeForms() {
    JobException e = assertThrows(JobException.class, () -> open("stream.json", "--changeOrder=n"));
    assertThat(e.getMessage(), containsString("--changeOrder goes with changes of the form DMS"));
    JobException other =
        assertThrows(JobException.class, () -> open("simple.json", "--changesOf=x"));
    assertThat(other.getMessage(), containsString("--changesOf goes with records of streams"));
  }
}
