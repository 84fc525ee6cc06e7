/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.ContentCheck;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.imports.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export in the input is read by its manifest, whatever else is named. */
class ExportInputTest {
  private static final String DATA = "x/AWSDynamoDB/01-ab/data/";

  @TempDir Path folder;

  private InputListing input(String patterns, String... more) {
    SourceOptions options = PipelineOptionsFactory.fromArgs(more).as(ImportOptions.class);
    options.setTable("trips");
    options.setInput(List.of(patterns.split(",")));
    OptionErrors problems = new OptionErrors();
    InputSettings plan = InputSettings.of(options, problems);
    problems.throwIfAny();
    return InputListing.of(plan, Printed.unread());
  }

  private String export(String exportType) throws IOException {
    Path export = Files.createDirectories(folder.resolve("export/data")).getParent();
    Files.write(
        export.resolve("data/a.json"), "{\"Item\":{\"id\":{\"S\":\"1\"}}}\n".getBytes(UTF_8));
    Files.writeString(export.resolve("data/b.json"), "not listed");
    Files.writeString(
        export.resolve("manifest-files.json"),
        "{\"itemCount\":1,\"md5Checksum\":\"sum\",\"dataFileS3Key\":\"" + DATA + "a.json\"}\n");
    Files.writeString(
        export.resolve("manifest-summary.json"),
        "{\"itemCount\":1,\"outputFormat\":\"DYNAMODB_JSON\",\"exportType\":\""
            + exportType
            + "\",\"manifestFilesS3Key\":\"x/AWSDynamoDB/01-ab/manifest-files.json\"}");
    return export + "/";
  }

  private static List<String> names(InputListing input) {
    return input.files().stream().map(file -> file.resourceId().getFilename()).toList();
  }

  @Test
  void itsFilesAreThoseOfTheManifest() throws IOException {
    String export = export("FULL_EXPORT");
    for (String named : List.of(export, export + "manifest-files.json", export + "," + export)) {
      for (String format : List.of("AUTO", "DYNAMODB_JSON")) {
        InputListing input = input(named, "--format=" + format);
        assertThat(names(input), equalTo(List.of("a.json")));
        assertThat(input.format().name(), equalTo("DYNAMODB_JSON"));
        assertThat(
            input.manifested().checks(),
            equalTo(
                Map.of(
                    export + "data/a.json",
                    new ContentCheck(ContentCheck.Lister.EXPORT, 1, "sum"))));
      }
    }
  }

  @Test
  void otherFilesMayStandBesideIt() throws IOException {
    String export = export("FULL_EXPORT");
    Path more = folder.resolve("more.json");
    Files.writeString(more, "{\"id\":{\"S\":\"2\"}}\n");
    InputListing input = input(export + "," + more);
    assertThat(names(input), equalTo(List.of("a.json", "more.json")));
    assertThat(input.manifested().checks().size(), equalTo(1));

    Files.writeString(more, "{\"id\":\"2\"}\n");
    JobException e = assertThrows(JobException.class, () -> input(export + "," + more));
    assertThat(
        e.getMessage(),
        allOf(
            containsString(export + " is an export in DYNAMODB_JSON"), containsString("is JSON")));
  }

  @Test
  void emptyFilesBesideItGoWithAnyFormat() throws IOException {
    String export = export("FULL_EXPORT");
    Path empty = Files.writeString(folder.resolve("no-items.json"), "");
    InputListing input = input(export + "," + empty);
    assertThat(names(input), equalTo(List.of("a.json", "no-items.json")));
    assertThat(input.format().name(), equalTo("DYNAMODB_JSON"));
  }

  @Test
  void filesOfAListAreOfItsFormatToo() throws IOException {
    String export = export("FULL_EXPORT");
    Path csv = Files.writeString(folder.resolve("more.csv"), "id\n2\n");
    Path list = Files.writeString(folder.resolve("list"), csv + "\n");
    JobException e = assertThrows(JobException.class, () -> input(export, "--inputList=" + list));
    assertThat(
        e.getMessage(),
        equalTo(
            export
                + " is an export in DYNAMODB_JSON and --inputList is CSV: import them one after the"
                + " other"));
  }

  @Test
  void oneThatIsNotReadIsRefusedInOneLine() throws IOException {
    String export = export("INCREMENTAL_EXPORT");
    JobException e = assertThrows(JobException.class, () -> input(export));
    assertThat(
        e.getMessage(),
        equalTo(
            export
                + " is an incremental export, of changes and no items;"
                + " import --changes=APPLY applies them"));
    UsageException usage =
        assertThrows(
            UsageException.class,
            () -> {
              export("FULL_EXPORT");
              input(export, "--textAttribute=x");
            });
    assertThat(usage.getMessage(), containsString("--textAttribute goes with --format=TEXT"));
  }
}
