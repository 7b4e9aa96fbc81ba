Option Explicit

Private Sub Workbook_Open()
    RestockOpened
End Sub

Private Sub Workbook_SheetActivate(ByVal Sh As Object)
    RestockQuiet
End Sub

Private Sub Workbook_Deactivate()
    RestockQuiet
End Sub
