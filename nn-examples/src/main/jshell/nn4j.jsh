// Start-up file of JShell. Class path of a Maven project: mvn dependency:build-classpath -Dmdep.outputFile=classpath
import java.nio.file.*;
import org.nn4j.*;
import org.nn4j.data.*;
import org.nn4j.data.csv.*;
import org.nn4j.data.feature.*;
import org.nn4j.data.toy.*;
import org.nn4j.estimator.*;
import org.nn4j.explain.*;
import org.nn4j.model.*;
import org.nn4j.report.*;
import org.nn4j.train.*;
import static org.nn4j.activation.Activations.*;
import static org.nn4j.loss.Losses.*;
import static org.nn4j.metric.Metrics.*;
import static org.nn4j.optim.Optimizers.*;
