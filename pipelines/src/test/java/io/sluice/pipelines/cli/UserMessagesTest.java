/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.SnapshotCheck;
import io.sluice.storage.S3Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class UserMessagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "UnrecognizedClientException # AWS does not accept the credentials",
        "SignatureDoesNotMatch # AWS does not accept the credentials",
        "ExpiredTokenException # the credentials have expired",
        "AccessDeniedException # access denied: the message",
        "NoSuchBucket # the bucket does not exist",
        "PermanentRedirect # it is in another region",
        "ValidationException # the message",
        "LimitExceededException # the message (LimitExceededException)"
      })
  void whatAwsAnswersIsToldInPlainWords(String code, String line) {
    assertThat(
        UserMessages.oneLine(new RuntimeException("wrapped", answer(code))), startsWith(line));
  }

  private static AwsServiceException answer(String code) {
    return DynamoDbException.builder()
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("the message\nand more of it")
                .build())
        .build();
  }

  @Test
  void whatTheNetworkDoesIsToldInPlainWords() {
    assertThat(
        UserMessages.oneLine(SdkClientException.create("no", new ConnectException("refused"))),
        is("nobody answers there (connection refused)"));
    assertThat(
        UserMessages.oneLine(new IOException("no", new UnknownHostException("nohost"))),
        is("no such host: nohost"));
  }

  @Test
  void ofS3TheBucketIsNamed() {
    ConnectException refused = new ConnectException("refused");
    assertThat(
        UserMessages.oneLine(
            new RuntimeException(
                new S3Failure("lake", 600, SdkClientException.create("no", refused)))),
        is("S3, bucket lake: nobody answers there (connection refused) (tried again for 600 s)"));
    assertThat(
        UserMessages.oneLine(new S3Failure("lake", 0, answer("AccessDenied"))),
        is("S3, bucket lake: access denied: the message"));
  }

  @Test
  void whatIsSaidOfASnapshotComesBeforeWhatAwsAnswered(@TempDir Path folder) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(folder.toString(), "trips", Instant.EPOCH);
    Files.createDirectories(Path.of(target.snapshot()));
    Files.writeString(Path.of(target.snapshot(), "foreign.txt"), "x");
    PublishException failure =
        assertThrows(PublishException.class, () -> SnapshotCheck.of(target).check());
    failure.initCause(answer("AlreadyExistsException"));
    assertThat(
        UserMessages.oneLine(new RuntimeException(failure)),
        is(target.snapshot() + " has files that no export left, and they are not to be replaced"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "TaskManager with id localhost:1234-56 is no longer reachable."
            + " # the TaskManager localhost:1234-56 was lost, and Flink did not restart the job again",
        "Connection unexpectedly closed by remote task manager 'worker/10.0.0.1:5 [ a ] '. This might"
            + " # the TaskManager worker/10.0.0.1:5 was lost, and Flink did not restart",
        "Could not acquire the minimum required resources. # the Flink cluster has too few free task",
        "Insufficient number of network buffers: required 512, but only 507 available."
            + " # a TaskManager has too little network memory (512 buffers needed, 507 there): give",
        "Job aborted due to stage failure: Task 1 in stage 2.0 failed 4 times, most recent failure:"
            + " Lost task 1.3 in stage 2.0 (TID 9) (10.0.0.1 executor 3): ExecutorLostFailure"
            + " (executor 3 exited unrelated to the running tasks) Reason: Command exited with code 137"
            + " # a task failed too often, last with the executor 3, which was lost: Command exited",
        "All masters are unresponsive! Giving up. # no Spark master answers there: check --sparkMaster"
      })
  void whatAClusterLacksIsToldInPlainWords(String message, String line) {
    assertThat(
        UserMessages.oneLine(
            new RuntimeException(
                "Job execution failed.",
                new IllegalStateException(message, new IOException("Connection reset")))),
        startsWith(line));
  }

  @Test
  void otherwiseTheInnermostMessageIsTheReason() {
    assertThat(
        UserMessages.oneLine(
            new RuntimeException(new IOException("a.csv.gz is cut short\n\tat x"))),
        is("a.csv.gz is cut short"));
    IOException scan = new IOException("The table trips cannot be scanned: what it answers is odd");
    assertThat(
        "as a scan fails, told anew by the thread that waits for it",
        UserMessages.oneLine(
            new RuntimeException(
                "java.io.IOException: " + scan.getMessage(),
                new IOException(scan.getMessage(), scan))),
        is(scan.getMessage()));
    assertThat(UserMessages.oneLine(new IllegalStateException()), is("IllegalStateException"));
  }
}
