package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;

/** What the metadata {@code info} may hold; nn-core refuses the same. */
class ModelInfoTest {
  private static final String AGE =
      "{'name':'age','type':'number','min':0,'max':9,'mean':1,'deviation':2}";
  private static final String PLAN =
      "{'name':'plan','type':'category','categories':['a','b'],'unknown':'error'}";

  /** A network of three elements and its info. */
  private static byte[] file(String info) {
    return file("softmax", info);
  }

  private static byte[] file(String activation, String info) {
    return Models.withInfo(
        activation, info.replace("AGE", AGE).replace("PLAN", PLAN).replace('\'', '"'));
  }

  private static void loadInCore(byte[] file) throws IOException {
    ModelFiles.load(new ByteArrayInputStream(file), ModelRegistry.standard()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'class_labels':[],'notes':{}",
        "'notes':{'license':'MIT'},'class_labels':['x','y','z']",
        "'class_labels':[],'notes':{},'features':[AGE,PLAN]",
        "'class_labels':[],'notes':{},'targets':[{'name':'a','mean':1e-3,'deviation':-2},"
            + "{'name':'b','mean':0,'deviation':1},{'name':'','mean':1e17,'deviation':3}]",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[0],'deviation':[255]}",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[0,1,2],'deviation':[1,2,-3]}",
        "'class_labels':[],'notes':{},'features':[{'name':'x','type':'boolean'},"
            + "{'name':'','type':'boolean','fill':0.5,'indicator':true}]",
      })
  void isRead(String info) throws IOException {
    byte[] file = file("{" + info + "}");
    assertThat(Predictor.load(file).predict(new float[3])).hasSize(3);
    loadInCore(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'notes':{} | class_labels: expected a list, found none",
        "'class_labels':[] | notes: expected an object, found none",
        "'class_labels':[],'notes':{},'x':1 | expected [input_scaling, features, class_labels,"
            + " targets, notes] alone, found [x]",
        "'class_labels':[],'notes':{'a':1} | notes, a: expected a string, found 1",
        "'class_labels':[],'notes':[] | notes: expected an object, found []",
        "'class_labels':'x','notes':{} | class_labels: expected a list, found x",
        "'class_labels':[1,2,3],'notes':{} | class_labels: expected strings, found [1, 2, 3]",
        "'class_labels':['a','b','a'],'notes':{} | class_labels: expected names that differ, found"
            + " 'a' twice",
        "'class_labels':['a','b',' '],'notes':{} | class_labels: expected labels that are not"
            + " blank, found [a, b,  ]",
        "'class_labels':['a','b'],'notes':{} | class_labels: expected 3 labels, found 2",
        "'class_labels':[],'notes':{},'input_scaling':[] | input_scaling: expected an object, found"
            + " []",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[0]} | input_scaling, deviation:"
            + " expected a list, found none",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[],'deviation':[]} | input_scaling,"
            + " mean: expected 1 number, or 3 as the network has inputs, found 0",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[1,2],'deviation':[1,2]} |"
            + " input_scaling, mean: expected 1 number, or 3 as the network has inputs, found 2",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[1],'deviation':[1,2,3]} |"
            + " input_scaling, deviation: expected as many numbers as means, 1, found 3",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[1],'deviation':[0.0]} |"
            + " input_scaling, deviation: expected numbers other than 0, found [0.0]",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[1e999],'deviation':[1]} |"
            + " input_scaling, mean: expected finite numbers, found [1e999]",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':['1'],'deviation':[1]} |"
            + " input_scaling, mean: expected finite numbers, found [1]",
        "'class_labels':[],'notes':{},'input_scaling':{'mean':[1],'deviation':[1],'x':1} |"
            + " input_scaling: expected [mean, deviation] alone, found [x]",
        "'class_labels':[],'notes':{},'features':[AGE,PLAN],'input_scaling':{'mean':[0],"
            + "'deviation':[1]} | features: expected no features beside input_scaling, found [",
        "'class_labels':[],'notes':{},'features':{} | features: expected a list, found {}",
        "'class_labels':[],'notes':{},'features':[] | features: expected one or more objects, found"
            + " []",
        "'class_labels':[],'notes':{},'features':[7] | features: expected objects, found [7]",
        "'class_labels':[],'notes':{},'features':[AGE] | features: expected features of 3"
            + " numbers, the inputs of the network, found 1",
        "'class_labels':[],'notes':{},'features':[AGE,AGE,AGE] | features: expected names that"
            + " differ, found 'age' twice",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'text'}] | features.1,"
            + " type: expected number, boolean or category, found text",
        "'class_labels':[],'notes':{},'features':[AGE,{'type':'text'}] | features.1, name: expected"
            + " a string, found none",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x'}] | features.1, type: expected a"
            + " string, found none",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,'max':1,"
            + "'mean':1,'deviation':1}] | features.1, min: expected a number up to max, found 2",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,'max':2,"
            + "'mean':1,'deviation':-0.0}] | features.1, deviation: expected a number other than 0,"
            + " found -0.0",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,'max':2,"
            + "'mean':true,'deviation':1}] | features.1, mean: expected a finite number, found"
            + " true",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,"
            + "'mean':0,'deviation':1}] | features.1, max: expected a finite number, found none",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,'max':2,"
            + "'mean':1,'deviation':1,'fill':1}] | features.1, indicator: expected true or false,"
            + " found none",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'number','min':2,'max':2,"
            + "'mean':1,'deviation':1,'indicator':true}] | features.1, fill: expected a finite"
            + " number, found none",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'boolean','fill':-1e999,"
            + "'indicator':true}] | features.1, fill: expected a finite number, found -1e999",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'boolean','mean':1}] |"
            + " features.1: expected [name, type, fill, indicator] alone, found [mean]",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'category',"
            + "'categories':[],'unknown':'error'}] | features.1, categories: expected one or more"
            + " categories, found []",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'category',"
            + "'categories':['a','a'],'unknown':'error'}] | features.1, categories: expected names"
            + " that differ, found 'a' twice",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'category',"
            + "'categories':['a','b'],'unknown':'ERROR'}] | features.1, unknown: expected error or"
            + " zeros, found ERROR",
        "'class_labels':[],'notes':{},'features':[AGE,{'name':'x','type':'category',"
            + "'categories':['a','b'],'unknown':'error','fill':1}] | features.1: expected [name,"
            + " type, categories, unknown] alone, found [fill]",
        "'class_labels':['a','b','c'],'notes':{},'targets':[{'name':'a','mean':1,'deviation':2}] |"
            + " targets: expected no targets beside class_labels, found [",
        "'class_labels':[],'notes':{},'targets':[] | targets: expected one or more objects, found"
            + " []",
        "'class_labels':[],'notes':{},'targets':[{'name':'a','mean':1,'deviation':2}] | targets:"
            + " expected 3 targets, as the network has outputs, found 1",
        "'class_labels':[],'notes':{},'targets':[{'name':'a','mean':1,'deviation':0}] | targets.0,"
            + " deviation: expected a number other than 0, found 0",
        "'class_labels':[],'notes':{},'targets':[{'name':'a','mean':1,'deviation':1,'min':0}] |"
            + " targets.0: expected [name, mean, deviation] alone, found [min]",
        "'class_labels':[],'notes':{},'notes':{} | expected a JSON object without a name twice,"
            + " found the name 'notes' twice",
        "'class_labels':[],'notes':null | expected a JSON object without a name twice, found no"
            + " value that is allowed here",
      })
  void whatItMayNotHoldIsRefused(String info, String message) {
    byte[] file = file("{" + info + "}");
    assertThatThrownBy(() -> Predictor.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("model file in memory, metadata 'info'")
        .hasMessageContaining(message)
        .hasMessageEndingWith("; copy the file again");
    assertThatThrownBy(() -> loadInCore(file)).isInstanceOf(org.nn4j.io.ModelFormatException.class);
  }

  @Test
  void targetsOfOneNameAreRefused() {
    String target = "{'name':'a','mean':1,'deviation':2}";
    byte[] file =
        file(
            "{'class_labels':[],'notes':{},'targets':["
                + String.join(",", target, target, target)
                + "]}");
    assertThatThrownBy(() -> Regressor.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("targets: expected names that differ, found 'a' twice");
  }

  @Test
  void filesWithoutInfoAreRefused() {
    String header =
        "{\"__metadata__\":{\"format\":\"nn4j\",\"format_version\":\"1\",\"dtype\":\"F32\","
            + "\"architecture\":\"{\\\"type\\\":\\\"Network\\\",\\\"input\\\":[1],\\\"layers\\\":"
            + "[{\\\"type\\\":\\\"Flatten\\\",\\\"output\\\":[1]}],\\\"output\\\":[1]}\"}}";
    assertThatThrownBy(() -> Predictor.load(Models.file(header, new byte[0])))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("metadata 'info': expected a string, found none");
  }

  @Test
  void otherModelsAreNoClassifierOrRegressor() {
    byte[] plain = file("{'class_labels':[],'notes':{}}");
    assertThatThrownBy(() -> Classifier.load(plain))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file in memory, metadata 'info': expected a network with two or more class"
                + " labels, found 0 class labels; load it with Predictor.load, or set them:"
                + " network.setInfo(network.info().withClassLabels(...))");
    assertThatThrownBy(() -> Regressor.load(new ByteArrayInputStream(plain)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file in a stream, metadata 'info': expected a network with targets, found none;"
                + " load it with Predictor.load, or set them:"
                + " network.setInfo(network.info().withTargets(...))");
    byte[] classifier = file("{'class_labels':['a','b','c'],'notes':{}}");
    assertThatThrownBy(() -> Regressor.load(classifier))
        .hasMessage(
            "model file in memory, metadata 'info': expected a network with targets, found one with"
                + " class labels; use Classifier.load");
    String target = "{'name':'NAME','mean':0,'deviation':1}";
    String targets =
        Stream.of("a", "b", "c")
            .map(name -> target.replace("NAME", name))
            .collect(Collectors.joining(","));
    byte[] regressor = file("{'class_labels':[],'notes':{},'targets':[" + targets + "]}");
    assertThatThrownBy(() -> Classifier.load(regressor))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file in memory, metadata 'info': expected a network with two or more class"
                + " labels, found one with targets; use Regressor.load");
    assertThatThrownBy(() -> Classifier.of(Predictor.load(regressor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Classifier: expected a network with two or more class labels, found one with targets;"
                + " use Regressor");
    byte[] relu = file("relu", "{'class_labels':['a','b','c'],'notes':{}}");
    assertThatThrownBy(() -> Classifier.load(relu))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file in memory, metadata 'info': expected softmax, sigmoid or identity as the"
                + " last activation, found relu; load it with Predictor.load");
  }
}
