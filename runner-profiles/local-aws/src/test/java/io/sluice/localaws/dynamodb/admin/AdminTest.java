/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Faults;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uses the admin path over HTTP; apostrophes stand for quotes. */
class AdminTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final DynamoDb db =
      DynamoDb.builder().clock(() -> Instant.ofEpochSecond(1_700_000_000)).admin().start();

  @AfterEach
  void stop() {
    db.close();
  }

  private String send(int status, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.body(), response.statusCode(), is(status));
    return response.body().replace('"', '\'');
  }

  private HttpRequest.Builder at(String page) {
    return HttpRequest.newBuilder(db.endpoint().resolve("/_sluice/" + page))
        .header("Content-Type", "application/json");
  }

  private String get(String page) throws IOException, InterruptedException {
    return send(200, at(page));
  }

  private static HttpRequest.BodyPublisher json(String text) {
    return HttpRequest.BodyPublishers.ofString(text.replace('\'', '"'));
  }

  private String put(String page, String text) throws IOException, InterruptedException {
    return send(200, at(page).PUT(json(text)));
  }

  private String refused(String page, String text) throws IOException, InterruptedException {
    return send(400, at(page).POST(json(text)));
  }

  private void service(String operation, String request) throws IOException, InterruptedException {
    send(
        200,
        HttpRequest.newBuilder(db.endpoint())
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/us-east-1/dynamodb/x")
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(json(request)));
  }

  private void createTable() throws IOException, InterruptedException {
    service(
        "CreateTable",
        "{'TableName':'tab','BillingMode':'PAY_PER_REQUEST',"
            + "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'N'}]}");
  }

  @Test
  void showsBooksAndBeginsThemAnew() throws Exception {
    createTable();
    service("PutItem", "{'TableName':'tab','Item':{'h':{'N':'1'}}}");
    String books = get("books");
    assertThat(
        books,
        containsString(
            "{'since':'2023-11-14T22:13:20Z','seconds':0.0,'requests':{'CreateTable':{'OK':1},"
                + "'PutItem':{'OK':1}},'faults':{},'requestsNow':0,'requestsAtOnce':1,"));
    assertThat(
        books,
        containsString(
            "'tables':{'tab':{'requests':{'PutItem':{'OK':1}},'itemsPut':1,'itemsDeleted':0,"
                + "'itemsRead':0,'itemsUnheard':0,'itemsUnprocessed':0,'itemsThrottled':0,"
                + "'distinctKeys':1,'throttles':{},'write':{'total':1.0,'perSecond':[1.0]},"
                + "'read':{'total':0.0,'perSecond':[]},'indexWrite':{},'indexRead':{}}}}"));
    assertThat(send(200, at("reset").POST(json(""))), containsString("'requests':{},'faults':{}"));
  }

  @Test
  void changesCapacity() throws Exception {
    String off =
        "{'enforced':false,'burstSeconds':300.0,'savedSeconds':1.0,'partitionRead':3000.0,'partitionWrite':1000.0,"
            + "'splitAfterSeconds':120.0,'accountRead':40000.0,'accountWrite':40000.0,"
            + "'limits':{}}";
    assertThat(get("capacity"), is(off));
    assertThat(
        put(
            "capacity",
            "{'enforced':true,'burstSeconds':1.5,'limits':{'tab':{'read':'unlimited','write':5}}}"),
        is(
            off.replace("false", "true")
                .replace("300.0", "1.5")
                .replace("{}", "{'tab':{'read':'unlimited','write':5.0}}")));
    assertThat(put("capacity", get("capacity")), is(get("capacity")));
    assertThat(db.throttle().settings().enforced(), is(true));
  }

  @Test
  void changesLatency() throws Exception {
    String text = "{'millis':0.5,'jitterMillis':0.0,'operations':{'Scan':20.0}}";
    assertThat(put("latency", "{'millis':0.5,'operations':{'Scan':20}}"), is(text));
    assertThat(get("latency"), is(text));
    assertThat(put("latency", "{}"), is(text));
    assertThat(
        put("latency", "{'jitterMillis':3}"), is(text.replace("Millis':0.0", "Millis':3.0")));
    assertThat(
        put("latency", "{'millis':0,'operations':{}}"),
        is("{'millis':0.0,'jitterMillis':3.0,'operations':{}}"));
  }

  @Test
  void changesFaults() throws Exception {
    String text =
        "{'rules':[{'operations':['Query','Scan'],'share':0.25,'containing':'x',"
            + "'fault':'InternalServerError','status':500,'message':'Internal server error'},"
            + "{'operations':[],'share':0.25,'fault':'trickle','millis':70.0},"
            + "{'operations':[],'share':0.5,'status':201,'body':'no'}],'scripted':0}";
    String rules = text.replace(",'scripted':0", "");
    assertThat(put("faults", rules), is(text));
    assertThat(get("faults"), is(text));
    assertThat(
        db.faults().rules().get(0),
        is(
            new FaultRule(
                Set.of("Scan", "Query"),
                0.25,
                Optional.of("x"),
                Fault.error("InternalServerError"))));
    assertThat(put("faults", "{}"), is("{'rules':[],'scripted':0}"));
    assertThat(db.faults().rules(), is(List.of()));
  }

  @Test
  void scriptsFaults() throws Exception {
    assertThat(
        send(200, at("faults/next").POST(json("{'operation':'Scan','fault':'cut','requests':2}"))),
        is("{'rules':[],'scripted':2}"));
    assertThat(
        db.faults().draw("Scan", new byte[0]).map(Faults.Hit::fault),
        is(Optional.of(Fault.of(Fault.Kind.CUT))));
  }

  @Test
  void repeatsFaultsAsItShowsThem() throws Exception {
    put(
        "faults",
        "{'rules':[{'operations':['items'],'fault':'delay','millis':0.5,'share':0.5},"
            + "{'operations':['Scan'],'fault':'trickle','millis':0,'share':0},"
            + "{'operations':['*'],'fault':'cut','share':0.5}]}");
    String shown = get("faults");
    assertThat(shown, containsString("'BatchGetItem','BatchWriteItem'"));
    assertThat(shown, containsString("{'operations':[],'share':0.5,'fault':'cut'}"));
    assertThat(put("faults", shown.replace(",'scripted':0", "")), is(shown));
  }

  @Test
  void refusesFaultsThatItWouldNotPlay() throws Exception {
    refusedNext("{'operation':'Scan','fault':'cut','request':2}", "'request' is no setting");
    refusedNext("{'operation':'scan','fault':'cut'}", "'scan' is no operation");
    refusedNext("{'fault':'cut','status':500}", "status does not go with cut");
    refusedNext("{'fault':'delay','millis':5,'message':'no'}", "message does not go with delay");
    refusedNext("{'fault':'cut','millis':5}", "'cut' has a time, which only delay and trickle");
    refusedNext("{'fault':'InternalServerError','millis':5}", "only delay and trickle have");
    refusedNext("{'fault':'cut','body':'no'}", "fault does not go with an answer that is given");
    refusedNext("{'operation':'PutItem','fault':'empty-page'}", "does nothing to PutItem");
    assertThat(
        refused("faults", "{'rules':[{'operations':['Putitem'],'fault':'cut'}]}"),
        containsString("'Putitem' is no operation"));
    assertThat(
        refused("faults", "{'rules':[{'fault':'cut'},{'fault':'trickle','share':0.5}]}"),
        containsString("must be at most 1"));
    assertThat(get("faults"), is("{'rules':[],'scripted':0}"));
  }

  private void refusedNext(String text, String message) throws Exception {
    assertThat(refused("faults/next", text), containsString(message));
  }

  @Test
  void fillsTables() throws Exception {
    createTable();
    assertThat(
        send(200, at("fill").POST(json("{'table':'tab','items':500,'bytes':100}"))),
        is("{'items':500}"));
    assertThat(db.tables().get("tab").store().items().count(), is(500L));
    assertThat(db.books().tables(), is(Map.of()));
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertThat(send(404, at("nothing")), containsString("nothing is at /_sluice/nothing"));
    assertThat(send(404, at("fill")), containsString("nothing is at"));
    assertThat(send(404, at("books").POST(json("{}"))), containsString("nothing is at"));
    assertThat(refused("capacity", "[1]"), containsString("'message'"));
    assertThat(refused("capacity", "{"), containsString("must be a JSON object"));
    assertThat(refused("capacity", "{'burst':1}"), containsString("'burst' is no setting"));
    assertThat(
        refused("capacity", "{'enforced':'yes'}"),
        containsString("enforced must be true or false"));
    assertThat(refused("latency", "{'millis':-1}"), containsString("must not be negative"));
    assertThat(refused("latency", "{'millis':1e30}"), containsString("must be an hour at most"));
    assertThat(
        refused("latency", "{'jitterMillis':3600001}"), containsString("must be an hour at most"));
    assertThat(
        refused("faults", "{'rules':[{'fault':'oops'}]}"), containsString("'oops' is no fault"));
    assertThat(refused("fill", "{'table':'tab','item':1}"), containsString("'item' is no setting"));
    assertThat(refused("reset", "{'books':true}"), containsString("there are none"));
    assertThat(refused("fill", "{'table':'tab'}"), containsString("Requested resource not found"));
  }

  @Test
  void takesChangesOnlyAsJson() throws Exception {
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      assertThat(
          send(415, at("fill").setHeader("Content-Type", type).POST(json("{}"))),
          is("{'message':'the Content-Type must be application/json'}"));
    }
    HttpRequest.Builder bare = HttpRequest.newBuilder(db.endpoint().resolve("/_sluice/reset"));
    assertThat(send(415, bare.POST(json(""))), containsString("application/json"));
    assertThat(
        put("latency", "{'millis':1}"), is("{'millis':1.0,'jitterMillis':0.0,'operations':{}}"));
    assertThat(
        send(
            200,
            at("latency")
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .PUT(json("{'millis':2}"))),
        containsString("'millis':2.0"));
  }

  @Test
  void isNotThereUnlessItIsAsked() throws Exception {
    try (DynamoDb plain = DynamoDb.start()) {
      assertThat(
          send(200, HttpRequest.newBuilder(plain.endpoint().resolve("/_sluice/books"))),
          containsString("healthy"));
    }
  }
}
