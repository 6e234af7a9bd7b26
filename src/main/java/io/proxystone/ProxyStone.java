package io.proxystone; public class ProxyStone { public static void main(String[] a) {} }
