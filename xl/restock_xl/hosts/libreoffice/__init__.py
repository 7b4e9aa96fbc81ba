"""LibreOffice as a host: an xlwings engine over UNO, and the Calc extension with our functions and menu."""
