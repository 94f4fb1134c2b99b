/**
 * What expressions of Mule apps call Java with. There is no Java here: every call fails when it is evaluated, and names
 * what it wanted, so that an app whose tests mock such places starts.
 */

/**
 * Makes an object of a Java class.
 *
 * @param class  the name of the class
 * @param constructor  its signature
 * @param args  the arguments by name
 * @return nothing: it fails
 * @example
 * Java::new("org.shop.Cart", "Cart()")
 * @fails
 * `org.shop.Cart` is written in Java, which dwrun does not run
 */
fun new(class: String, constructor: String, args: Object = {}): Any = withoutJava(class)

/**
 * Calls a method of a Java object.
 *
 * @param class  the name of the class
 * @param method  the signature of the method
 * @param instance  the object
 * @param args  the arguments by name
 * @return nothing: it fails
 * @example
 * Java::invoke("org.shop.Cart", "total()", null)
 * @fails
 * `org.shop.Cart` is written in Java, which dwrun does not run
 */
fun invoke(class: String, method: String, instance: Any, args: Object = {}): Any = withoutJava(class)

/**
 * Calls a static method of a Java class.
 *
 * @param class  the name of the class
 * @param method  the signature of the method
 * @param args  the arguments by name
 * @return nothing: it fails
 * @example
 * Java::invokeStatic("org.shop.Carts", "all()")
 * @fails
 * `org.shop.Carts` is written in Java, which dwrun does not run
 */
fun invokeStatic(class: String, method: String, args: Object = {}): Any = withoutJava(class)

/**
 * Tells whether a value is an object of a Java class.
 *
 * @param instance  the value
 * @param class  the name of the class
 * @return nothing: it fails
 * @example
 * Java::isInstanceOf("tea", "java.lang.String")
 * @fails
 * `java.lang.String` is written in Java, which dwrun does not run
 */
fun isInstanceOf(instance: Any, class: String): Boolean = withoutJava(class)

/**
 * The failure that every call ends with.
 *
 * @param class  the name of the class
 * @return nothing: it fails
 * @example
 * Java::withoutJava("org.shop.Cart")
 * @fails
 * `org.shop.Cart` is written in Java, which dwrun does not run
 */
fun withoutJava(class: String): Nothing =
    dw::Runtime::fail("`$(class)` is written in Java, which dwrun does not run: write it in DataWeave, or mock it in tests")
