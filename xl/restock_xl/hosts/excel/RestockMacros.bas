Attribute VB_Name = "RestockMacros"
Option Explicit
'The buttons and the ribbon of a restock workbook: they start Python, which writes into this open workbook.
'LibreOffice reads no line that begins with #, so what stands between them runs there and nowhere else.

Private Const PYTHON_MODULE As String = "restock_xl.hosts.excel.button"
Private Const NO_PACKAGE As Long = 1, NO_XLWINGS As Long = 3, NO_BOOK As Long = 4
Private speaking As Boolean

Public Sub RestockRecompute()
    RestockPress "recompute"
End Sub

Public Sub RestockExport()
    RestockPress "export"
End Sub

Public Sub RestockCheck()
    RestockPress "check"
End Sub

Public Sub RestockExplain()
    RestockPress "explain"
End Sub

Public Sub RestockLastBackup()
    RestockPress "last_backup"
End Sub

Public Sub RestockRibbon(control As Object)
    Select Case control.ID
        Case "restock_recompute": RestockRecompute
        Case "restock_export": RestockExport
        Case "restock_check": RestockCheck
        Case "restock_explain": RestockExplain
        Case "restock_last_backup": RestockLastBackup
    End Select
End Sub

Public Sub RestockSaveCopy(ByVal path As String)
    'For Python where the program's own interface cannot: the book as it stands now, which stays as it is.
    ThisWorkbook.SaveCopyAs path
End Sub

Public Sub RestockOpened()
    'Help for the function wizard, and a word in the status bar where Python is missing. The book stays unchanged.
    Dim saved As Boolean, said As String
    #If LibreOffice Then
        Exit Sub
    #End If
    On Error Resume Next
    saved = ThisWorkbook.Saved
    If RESTOCK_FUNCTIONS Then Application.Run RestockNamed("RestockRegister")
    ThisWorkbook.Saved = saved
    said = RestockVersions()
    If RestockHindrance() <> "" Then said = RestockSay("at_opening")
    If said <> "" Then Application.StatusBar = said
    speaking = said <> ""
End Sub

Public Sub RestockQuiet()
    'The word of the opening goes when another sheet or another book is looked at.
    If speaking Then Application.StatusBar = False
    speaking = False
End Sub

Private Sub RestockPress(ByVal command As String)
    'Run one command in Python; whatever happens, Excel is left as it was found and a failure is one sentence.
    Dim said As String, calculating As Long, updating As Boolean, watching As Boolean
    Dim sheet As Object, selected As Object
    #If LibreOffice Then
        RestockInLibreOffice command
        Exit Sub
    #End If
    updating = Application.ScreenUpdating
    watching = Application.EnableEvents
    calculating = Application.Calculation
    On Error GoTo failed
    Set sheet = ActiveSheet
    If TypeName(Selection) = "Range" Then Set selected = Selection
    said = RestockHindrance()
    If said = "" And command = "recompute" And ThisWorkbook.ReadOnly Then said = RestockSay("read_only")
    If said = "" Then
        Application.StatusBar = RestockSay("running")
        said = RestockStart(command)
    End If
restored:
    On Error Resume Next
    Application.Calculation = calculating
    Application.EnableEvents = watching
    If said <> "" Or command = "recompute" Or command = "check" Then
        sheet.Activate
        selected.Select
    End If
    Application.ScreenUpdating = updating
    Application.StatusBar = False
    On Error GoTo 0
    If said <> "" Then RestockTell said
    Exit Sub
failed:
    said = RestockSayWith("stopped", "{error}", Err.Description)
    Resume restored
End Sub

#If LibreOffice Then
Private Sub RestockInLibreOffice(ByVal command As String)
    Dim commands As Object
    Set commands = CreateUnoService("org.restock.Commands")
    If IsNull(commands) Then
        MsgBox RestockSay("no_extension"), vbInformation, "Restock"
    Else
        commands.trigger command
    End If
End Sub
#End If

Private Function RestockHindrance() As String
    'What keeps this computer from starting Python, as a sentence; empty where nothing does.
    Dim python As String
    If ThisWorkbook.Path = "" Then
        RestockHindrance = RestockSay("save_first")
    ElseIf RestockOnWindows() Then
        python = RestockPython()
        If python = "" Then
            RestockHindrance = RestockSay("no_python")
        ElseIf Not RestockFiles().FileExists(python) Then
            RestockHindrance = RestockSayWith("python_gone", "{path}", python)
        End If
    End If
End Function

Private Function RestockVersions() As String
    'A sentence where the functions in cells cannot reach Python: their library carries xlwings' own version.
    Dim folder As String, library As String
    If Not RESTOCK_FUNCTIONS Or Not RestockOnWindows() Then Exit Function
    folder = RestockFiles().GetParentFolderName(RestockPython())
    library = "\xlwings" & IIf(InStr(Application.OperatingSystem, "64") > 0, "64", "32") & "-" & RESTOCK_XLWINGS & ".dll"
    If RestockFiles().FileExists(folder & library) Then Exit Function
    If RestockFiles().FileExists(RestockFiles().GetParentFolderName(folder) & library) Then Exit Function
    RestockVersions = RestockSayWith("versions_differ", "{made}", RESTOCK_XLWINGS)
End Function

Private Function RestockStart(ByVal command As String) As String
    'Start Python and wait for it. Python tells its own outcome; what it cannot tell is returned as a sentence.
    Dim code As Long, python As String
    If Not RestockOnWindows() Then
        Application.Run RestockNamed("RunPython"), "import " & PYTHON_MODULE & " as button; button." & command & "()"
        Exit Function
    End If
    python = RestockPython()
    code = CreateObject("WScript.Shell").Run(RestockCommandLine(python, command), 0, True)
    Select Case code
        Case 0
        Case NO_PACKAGE: RestockStart = RestockSayWith("package_missing", "{path}", python)
        Case NO_XLWINGS: RestockStart = RestockSayWith("xlwings_missing", "{path}", python)
        Case NO_BOOK: RestockStart = RestockSay("book_lost")
        Case Else: RestockStart = RestockSayWith("python_failed", "{code}", CStr(code))
    End Select
End Function

Private Function RestockNamed(ByVal macro As String) As String
    RestockNamed = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & macro
End Function

Private Function RestockCommandLine(ByVal python As String, ByVal command As String) As String
    '-P: a file of the user's in the current folder must not stand in for a module of the same name.
    RestockCommandLine = """" & python & """ -P -X utf8 -m " & PYTHON_MODULE & " " & command & _
        " ""--wb=" & ThisWorkbook.Name & """ --from_xl=1 --hwnd=" & CStr(Application.Hwnd)
End Function

Private Function RestockPython() As String
    'The Python that restock install wrote into xlwings' own settings; empty where it did not.
    Const KEY As String = """INTERPRETER_WIN"","
    Dim path As String, text As String, stream As Object
    path = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%USERPROFILE%") & "\.xlwings\xlwings.conf"
    If Not RestockFiles().FileExists(path) Then Exit Function
    Set stream = RestockFiles().OpenTextFile(path, 1)
    Do Until stream.AtEndOfStream
        text = stream.ReadLine
        If UCase(Left(text, Len(KEY))) = KEY Then RestockPython = Replace(Mid(text, Len(KEY) + 1), """", "")
    Loop
    stream.Close
End Function

Private Function RestockFiles() As Object
    Set RestockFiles = CreateObject("Scripting.FileSystemObject")
End Function

Private Function RestockOnWindows() As Boolean
    RestockOnWindows = InStr(1, Application.OperatingSystem, "Windows", vbTextCompare) > 0
End Function

Private Sub RestockTell(ByVal said As String)
    'MsgBox shows question marks for Chinese on a computer set to another language; Popup does not.
    If RestockOnWindows() Then
        CreateObject("WScript.Shell").Popup said, 0, "Restock", 64
    Else
        MsgBox said, vbInformation, "Restock"
    End If
End Sub
