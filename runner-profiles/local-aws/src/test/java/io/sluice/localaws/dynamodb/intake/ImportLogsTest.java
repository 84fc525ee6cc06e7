/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The errors of imports, read as from CloudWatch Logs. */
class ImportLogsTest {

  private final S3Service service = new S3Service();

  /** Imports lines of which two have no range key; gives the id of the import. */
  private String imported(String table) {
    service.write(
        "in/1", "{'Item':{'h':{'S':'a'}}}\n{'Item':{'h':{'S':'a'},'r':{'N':'1'}}}\n{'Item':{}}\n");
    Map<String, Object> started =
        S3Service.object(
            service.ok(
                "ImportTable",
                "{'ClientToken':'"
                    + table
                    + "','S3BucketSource':{'S3Bucket':'bucket','S3KeyPrefix':'in/'},"
                    + "'InputFormat':'DYNAMODB_JSON','TableCreationParameters':"
                    + S3Service.table(table)
                    + "}"),
            "ImportTableDescription");
    String arn = (String) started.get("ImportArn");
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private Map<String, Object> filtered(String more) {
    return service.ok(ImportLogs.TARGET, "{'logGroupName':'/aws-dynamodb/imports'" + more + "}");
  }

  private static List<String> messages(Map<String, Object> answer) {
    List<String> messages = new ArrayList<>();
    for (Object event : (List<?>) answer.get("events")) {
      messages.add((String) ((Map<?, ?>) event).get("message"));
    }
    return messages;
  }

  @Test
  void areTheLinesOfTheObjectByPages() {
    String id = imported("abc");
    assertThat(messages(filtered("")), is(List.of()));
    service.runJobs();
    String other = imported("other");
    service.runJobs();
    List<String> lines =
        new String(service.content(ErrorLog.FOLDER + id + "/error")).lines().toList();
    assertThat(lines.size(), is(2));
    String prefix = ",'logStreamNamePrefix':'" + id + "'";
    Map<String, Object> all = filtered(prefix);
    assertThat(messages(all), is(lines));
    assertThat(all.containsKey("nextToken"), is(false));
    Map<String, Object> first = filtered(prefix + ",'limit':1");
    assertThat(messages(first), is(lines.subList(0, 1)));
    Map<String, Object> second =
        filtered(prefix + ",'limit':1,'nextToken':'" + first.get("nextToken") + "'");
    assertThat(messages(second), is(lines.subList(1, 2)));
    assertThat(second.containsKey("nextToken"), is(false));
    assertThat(messages(filtered(",'logStreamNamePrefix':'" + other + "'")).size(), is(2));
    assertThat(messages(filtered("")).size(), is(4));
  }

  @Test
  void areInNoOtherGroup() {
    assertThat(
        service.error(ImportLogs.TARGET, "{'logGroupName':'/aws/lambda/x'}"),
        is("ResourceNotFoundException: The specified log group does not exist."));
  }
}
