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

import io.sluice.localaws.dynamodb.RehearsalOptions;
import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import io.sluice.localaws.sts.Role;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void hasDefaults() {
    assertThat(
        Options.parse(),
        is(
            new Options(
                InetAddress.getLoopbackAddress(),
                8000,
                9090,
                Path.of(".sluice"),
                false,
                List.of("sluice"),
                LocalAws.KEY,
                false,
                new DynamoDbOptions(
                    false,
                    LocalAws.KEY,
                    4,
                    StreamSettings.SERVICE,
                    Duration.ofMinutes(1),
                    new RehearsalOptions(Map.of())),
                new StsOptions(
                    OptionalInt.empty(), List.of(), Optional.empty(), Duration.ofHours(1)))));
  }

  @Test
  void readsEveryOption() throws Exception {
    Options options =
        Options.parse(
            "--dynamodbPort=1",
            "--s3Port=65535",
            "--data=/a=b",
            "--inMemory",
            "--bucket=one,two",
            "--bucket=a.b-c",
            "--bucket=one",
            "--bind=0.0.0.0",
            "--s3Key=them:theirs",
            "--exitWithStdin");
    assertThat(
        options,
        is(
            new Options(
                InetAddress.getByAddress(new byte[4]),
                1,
                65535,
                Path.of("/a=b"),
                true,
                List.of("one", "two", "a.b-c"),
                new AccessKey("them", "theirs"),
                true,
                Options.parse().dynamodb(),
                Options.parse().sts())));
  }

  @Test
  void readsEveryOptionOfSts() {
    String role = "arn:aws:iam::111111111111:role/";
    assertThat(
        Options.parse(
                "--s3Key=lake:l",
                "--stsPort=0",
                "--dynamodbRole=" + role + "table",
                "--s3Role=" + role + "lake",
                "--externalId=nightly",
                "--roleLife=30m")
            .sts(),
        is(
            new StsOptions(
                OptionalInt.of(0),
                List.of(
                    new Role(role + "table", LocalAws.KEY),
                    new Role(role + "lake", new AccessKey("lake", "l"))),
                Optional.of("nightly"),
                Duration.ofMinutes(30))));
  }

  @Test
  void refusesRolesThatNobodyGivesOut() {
    StartException failure =
        assertThrows(
            StartException.class,
            () -> Options.parse("--s3Role=arn:aws:iam::111111111111:role/lake"));
    assertThat(failure.getMessage(), is("--s3Role needs --stsPort, where STS listens"));
  }

  @Test
  void readsEveryOptionOfDynamoDb() {
    assertThat(
        Options.parse(
                "--checkSignatures",
                "--dynamodbKey=me:my:own",
                "--exportFiles=2",
                "--expiry=0",
                "--streamShards=3",
                "--shardLife=90s",
                "--splitAfter=100",
                "--streamRetention=2h",
                "--emptyPages=25",
                "--latencyMillis=5",
                "--enforceCapacity")
            .dynamodb(),
        is(
            new DynamoDbOptions(
                true,
                new AccessKey("me", "my:own"),
                2,
                StreamSettings.SERVICE
                    .withShards(3)
                    .withShardLife(Duration.ofSeconds(90))
                    .withSplitAfter(100)
                    .withRetention(Duration.ofHours(2))
                    .withEmptyPages(0.25),
                Duration.ZERO,
                new RehearsalOptions(Map.of("--latencyMillis", "5", "--enforceCapacity", "")))));
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
        "--bind=no such host   | 'no such host' | 0.0.0.0",
        "--bind=192.0.2.1      | --bind         | an address of this machine",
        "--s3Key=id            | --s3Key        | ID:SECRET",
        "--shardLife=4 h       | '4 h'          | 500ms, 30s, 15m or 4h",
        "--streamShards=0      | '0'            | 1 or more",
        "--streamShards=1001   | 1001           | 1 to 1000",
        "--emptyPages=95       | 0.95           | 0 to 0.9",
        "--exportFiles=15626   | '15626'        | a whole number, 1 to 15625",
        "--latencyMillis=-1    | '-1'           | a whole number, 0 to 3600000",
        "--faults=PutItem      | --faults       | PutItem",
      },
      quoteCharacter = '`')
  void namesTheOptionTheValueAndWhatIsAllowed(String arg, String value, String allowed) {
    StartException refusal = assertThrows(StartException.class, () -> Options.parse(arg));
    assertThat(refusal.getMessage(), allOf(containsString(value), containsString(allowed)));
    assertThat(refusal.exitCode(), is(2));
  }

  @Test
  void refusesAnAdminPathBesideSignatures() {
    StartException refusal =
        assertThrows(
            StartException.class, () -> Options.parse("--checkSignatures", "--admin=true"));
    assertThat(
        refusal.getMessage(),
        is("--checkSignatures and --admin do not go together: the admin path has no signatures"));
    assertThat(refusal.exitCode(), is(2));
    assertThat(
        Options.parse("--checkSignatures", "--admin=false").dynamodb().checkSignatures(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,   localhost,         0.0.0.0",
    "127.0.0.1, localhost,         127.0.0.1",
    "localhost, localhost,         127.0.0.1",
    "::1,       [0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:1]",
    "127.0.0.2, 127.0.0.2,         127.0.0.2",
  })
  void writesTheHostAsAUriHasIt(String bind, String host, String literal) throws Exception {
    Options options = at(InetAddress.getByName(bind));
    assertThat(List.of(options.host(), options.literal()), contains(host, literal));
    assertThat(URI.create("http://" + options.host() + ":8000").getPort(), is(8000));
  }

  /** Has an address that this machine need not have. */
  private static Options at(InetAddress address) {
    Options options = Options.parse();
    return new Options(
        address,
        options.dynamodbPort(),
        options.s3Port(),
        options.data(),
        options.inMemory(),
        options.buckets(),
        options.s3Key(),
        options.exitWithStdin(),
        options.dynamodb(),
        options.sts());
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
