/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void hasDefaults() {
    assertThat(
        Options.parse(),
        is(new Options(8000, 9090, Path.of(".sluice"), false, List.of("sluice"), false)));
  }

  @Test
  void readsEveryOption() {
    Options options =
        Options.parse(
            "--dynamodbPort=1",
            "--s3Port=65535",
            "--data=/a=b",
            "--inMemory",
            "--bucket=one,two",
            "--bucket=a.b-c",
            "--bucket=one",
            "--exitWithStdin");
    assertThat(
        options,
        is(new Options(1, 65535, Path.of("/a=b"), true, List.of("one", "two", "a.b-c"), true)));
  }

  @Test
  void takesTheLastOfAnOptionThatIsRepeated() {
    Options options = Options.parse("--s3Port=1", "--inMemory", "--s3Port=2", "--inMemory=false");
    assertThat(options.s3Port(), is(2));
    assertThat(options.inMemory(), is(false));
  }

  @Test
  void takesFreePortsForBoth() {
    Options options = Options.parse("--dynamodbPort=0", "--s3Port=0");
    assertThat(List.of(options.dynamodbPort(), options.s3Port()), contains(0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=1              | --port=1       | --dynamodbPort",
        "inMemory              | inMemory       | --inMemory",
        "--dynamodbPort        | --dynamodbPort | 1 to 65535",
        "--dynamodbPort=abc    | 'abc'          | 1 to 65535",
        "--dynamodbPort=65536  | '65536'        | 1 to 65535",
        "--s3Port=-1           | '-1'           | 1 to 65535",
        "--s3Port=8000         | '8000'         | differ from --dynamodbPort",
        "--data=               | --data is ''   | folder",
        "--inMemory=yes        | 'yes'          | true or false",
        "--exitWithStdin=      | ''             | true or false",
        "--bucket=             | ''             | 3 to 63",
        "--bucket=one,,two     | ''             | 3 to 63",
        "--bucket=ab           | 'ab'           | 3 to 63",
        "--bucket=Upper        | 'Upper'        | a-z",
        "--bucket=../up        | '../up'        | a letter or digit",
      },
      quoteCharacter = '`')
  void namesTheOptionTheValueAndWhatIsAllowed(String arg, String value, String allowed) {
    StartException refusal = assertThrows(StartException.class, () -> Options.parse(arg));
    String name = arg.replaceFirst("=.*", "");
    assertThat(
        refusal.getMessage(),
        allOf(containsString(name), containsString(value), containsString(allowed)));
    assertThat(refusal.exitCode(), is(2));
  }

  @Test
  void makesTheFolderOfAService(@TempDir Path temp) {
    Path data = temp.resolve("not").resolve("there");
    assertThat(Options.parse("--data=" + data).folder("s3"), is(data.resolve("s3")));
    assertThat(Files.isDirectory(data.resolve("s3")), is(true));
  }

  @Test
  void refusesAFileAsDataFolder(@TempDir Path temp) throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    Options options = Options.parse("--data=" + file);
    StartException refusal = assertThrows(StartException.class, () -> options.folder("s3"));
    assertThat(
        refusal.getMessage(), is("--data is '" + file + "', must be a folder that can be written"));
  }
}
