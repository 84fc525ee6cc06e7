/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileCompression;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the submitting program lists and recognises the input. */
class InputListingTest {
  private final Printed printed = new Printed();

  @TempDir Path folder;

  private InputListing input(Path file, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--input=" + file;
    arguments[1] = "--table=trips";
    System.arraycopy(more, 0, arguments, 2, more.length);
    ImportOptions options = PipelineOptionsFactory.fromArgs(arguments).as(ImportOptions.class);
    return InputListing.of(ImportPlan.of(options).source(), printed.console());
  }

  private Path file(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** A day without data is not an error in the options of a nightly job. */
  @Test
  void anEmptyFileGoesWithTheOptionsOfAnyFormat() throws IOException {
    for (String name : List.of("empty.csv", "empty.json", "empty", "empty.csv.gz")) {
      Path file = file(name, new byte[0]);
      assertThat(
          input(file, "--columns=a:N", "--emptyAs=NULL", "--csvDelimiter=;").files().size(), is(1));
      assertThat(input(file, "--textAttribute=line").files().size(), is(1));
    }
    Path blank = file("blank.json", "\n".getBytes(StandardCharsets.UTF_8));
    assertThat(input(blank, "--columns=a:N").files().size(), is(1));
    Path zipped = file("events", gzip(""));
    assertThat(input(zipped, "--columns=a:N").files().size(), is(1));
  }

  @Test
  void theFormatIsThatOfTheDecompressedBytes() throws IOException {
    byte[] events = gzip("{\"id\":1}\n".repeat(100));
    InputListing input = input(file("firehose-1-2024-01-31", events));
    assertThat(input.format().name(), is("JSON"));
    assertThat(input.bytes(), is(5L * events.length));
    Path csv = file("a.csv", gzip("a,b\n1,2\n"));
    assertThat(input(csv, "--compression=GZIP").plan().compression(), is(FileCompression.GZIP));
    JobException e =
        assertThrows(JobException.class, () -> input(file("x.json", events), "--compression=NONE"));
    assertThat(
        e.getMessage(),
        is(
            "x.json is still compressed when it is decompressed as --compression says;"
                + " a file that is compressed twice cannot be read"));
  }

  @Test
  void pathColumnsAreInEveryPath() throws IOException {
    Path file = file("dt=2024-01-31/a.csv", "id\nx\n".getBytes(StandardCharsets.UTF_8));
    assertThat(
        input(file, "--pathColumns=dt:S").plan().pathColumns().types().keySet(), contains("dt"));
    JobException e =
        assertThrows(JobException.class, () -> input(file, "--pathColumns=dt:S,region:S"));
    assertThat(e.getMessage(), endsWith("dt=2024-01-31/a.csv is in no folder region=…"));
    UsageException usage =
        assertThrows(UsageException.class, () -> input(file, "--pathColumns=dt"));
    assertThat(
        usage.problems(),
        contains("--pathColumns=dt must be name:TYPE, with a TYPE of S, N, BOOL, B"));
    assertThat(
        assertThrows(UsageException.class, () -> input(file, "--pathColumns=dt:M")).problems(),
        contains("--pathColumns=dt:M must be name:TYPE, with a TYPE of S, N, BOOL, B"));
  }

  @Test
  void foldersThatLookLikeColumnsAreNamedInOneLine() {
    assertThat(
        Partitions.hint(new LinkedHashSet<>(List.of("region", "d\u001bt"))),
        is(
            "folders of the input look like columns, and become no attributes: region=…, d?t=…;"
                + " to have them give --pathColumns=region:S,d?t:S"));
    LinkedHashSet<String> many = new LinkedHashSet<>();
    IntStream.range(0, 20).forEach(i -> many.add("c" + i));
    assertThat(Partitions.hint(many), endsWith("c8:S,c9:S"));
  }

  @Test
  void aHeaderThatIsOneColumnButLooksLikeSeveral() throws IOException {
    assertThat(
        FirstLook.oneColumn("a.csv", List.of("id;na\u001bme")),
        is(
            "the header of a.csv has one column, 'id;na?me'; if it is several, give"
                + " --csvDelimiter=';'"));
    assertThat(
        FirstLook.oneColumn("a.csv", List.of("id\tname")),
        is(
            "the header of a.csv has one column, 'id\\tname'; if it is several, give"
                + " --csvDelimiter=tab"));
    assertThat(FirstLook.oneColumn("a.csv", List.of("id|name")), endsWith("--csvDelimiter='|'"));
    assertThat(FirstLook.oneColumn("a.csv", List.of("id")), is((String) null));
    assertThat(FirstLook.oneColumn("a.csv", List.of("a;b", "c")), is((String) null));
    Path file = file("semicolons.csv", "id;n\n1;2\n".getBytes(StandardCharsets.UTF_8));
    input(file);
    input(file, "--csvDelimiter=;");
    assertThat(
        printed.errors(),
        contains(
            "sluice: the header of "
                + file
                + " has one column, 'id;n'; if it is several, give --csvDelimiter=';'"));
  }

  @Test
  void aDocumentAroundTheItemsIsNamedWithItsLists() throws IOException {
    String document = "{\"data\":{\"rows\":[{\"id\":1},{\"id\":2}]},\"next\":null}\n";
    Path file = file("page.json", document.getBytes(StandardCharsets.UTF_8));
    Path lines = file("lines.json", (document + document).getBytes(StandardCharsets.UTF_8));
    input(file);
    input(file, "--recordPath=data.rows");
    input(lines);
    assertThat(
        printed.errors(),
        contains(
            "sluice: "
                + file
                + " is read as one item, with the members data, next; if the items are in a list of"
                + " it, give --recordPath=data.rows"));
  }
}
