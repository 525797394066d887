String log = new File(basedir, 'build.log').text
def check = { boolean right, String what -> if (!right) throw new IllegalStateException(what) }
check(new File(basedir, 'target/generated-sources/pel/com/acme/Rod.java').text.contains('public double[] relax(double[] cold, long steps)'), 'no facade')
check(!new File(basedir, 'target/generated-sources/pel/com/acme/Points.java').exists(), 'a facade without functions')
check(new File(basedir, 'target/classes/pel/com/acme/Rod$Call1.class').isFile(), 'no program behind the facade')
check(new java.util.jar.JarFile(new File(basedir, 'target/rod-service-1.jar')).getEntry('pel/com/acme/Rod.class') != null, 'not in the jar')
check(log.contains('Tests run: 2, Failures: 0, Errors: 0'), 'the tests of Java did not run')
check(log.contains('2 passed, 0 failed'), 'the tests of PEL did not run')
check(new File(basedir, 'target/surefire-reports/TEST-pel.rods.xml').text.contains('failures="0"'), 'no report')
check(log.count('compiling src/main/pel/com/acme/rod.pel') == 1, 'what had not changed was compiled again')
check(log.contains('[INFO] 21.875'), 'pel:run with an option')
